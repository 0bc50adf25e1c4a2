import type { LifecycleStage } from './lifecycle.ts';
import { compareInt64 } from './int64.ts';
import type { MetricPoint } from './metric.ts';
import { compareCodePoints } from './order.ts';

/** In the order of their numbers, which a search orders by. */
export const loggedModelStatuses = ['UNSPECIFIED', 'PENDING', 'READY', 'FAILED'] as const;

export type LoggedModelStatus = (typeof loggedModelStatuses)[number];

/** A logged model but for its metrics. Maps are in key order. */
export interface LoggedModelInfo {
  /** `m-` and 32 hex digits. */
  readonly modelId: string;
  readonly experimentId: string;
  readonly name: string;
  readonly artifactUri: string;
  /** ms since 1970; never changes, so a store may keep its newest-first index by it. */
  readonly creationTime: number;
  /** ms since 1970; for a deleted model, when it was deleted: what `kirka gc` counts its retention from. */
  readonly lastUpdateTime: number;
  readonly status: LoggedModelStatus;
  /** The model's own: what happens to its experiment or to its run leaves it as it is. */
  readonly stage: LifecycleStage;
  /** '' where none was given. */
  readonly modelType: string;
  /** '' where none was given; that such a run exists was never asked. */
  readonly sourceRunId: string;
  readonly params: ReadonlyMap<string, string>;
  readonly tags: ReadonlyMap<string, string>;
}

/** A point that a run has logged for a model. A model has one for each key, timestamp, step and run. */
export interface ModelMetric extends MetricPoint {
  readonly runId: string;
  /** The dataset that the model was measured on. */
  readonly dataset?: { readonly name: string; readonly digest: string } | undefined;
}

export interface LoggedModel {
  readonly info: LoggedModelInfo;
  /** Those that were asked for: by key, then timestamp, step and run id. */
  readonly metrics: readonly ModelMetric[];
}

/** Whether two points of one place (key, timestamp, step, run) say the same. */
export function isSamePoint(a: ModelMetric, b: ModelMetric): boolean {
  return Object.is(a.value, b.value) && a.dataset?.name === b.dataset?.name && a.dataset?.digest === b.dataset?.digest;
}

/** The order of a model's points: key, timestamp, step, run id. */
export function comparePoints(a: ModelMetric, b: ModelMetric): number {
  return (
    compareCodePoints(a.key, b.key) ||
    compareInt64(a.timestamp, b.timestamp) ||
    compareInt64(a.step, b.step) ||
    compareCodePoints(a.runId, b.runId)
  );
}
