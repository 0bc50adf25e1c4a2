import type { DatasetId } from './dataset.ts';
import type { Int64 } from './int64.ts';
import type { Lifecycle } from './lifecycle.ts';
import type { MetricPoint } from './metric.ts';

export type RunStatus = 'RUNNING' | 'SCHEDULED' | 'FINISHED' | 'FAILED' | 'KILLED';

/** A run's attributes as stored. */
export interface RunInfo {
  /** 32 hex digits. */
  readonly runId: string;
  readonly experimentId: string;
  readonly runName: string;
  readonly userId: string;
  readonly status: RunStatus;
  /** ms since 1970; never changes, so a store may keep its newest-first index by it. */
  readonly startTime: Int64;
  readonly endTime?: Int64 | undefined;
  readonly artifactUri: string;
  /** The run's own; what a client sees follows from it and the experiment's by `effectiveStage`. */
  readonly lifecycle: Lifecycle;
}

/** That a run used a dataset, by what it is known in the run's experiment. */
export interface DatasetLink extends DatasetId {
  /** In key order. */
  readonly tags: ReadonlyMap<string, string>;
}

/** What a run was given and what came out of it, each list in the order of logging. */
export interface RunLinks {
  readonly datasets: readonly DatasetLink[];
  /** Ids of logged models. */
  readonly modelInputs: readonly string[];
  readonly modelOutputs: readonly ModelOutput[];
}

/** A logged model that a run has made, at which step. */
export interface ModelOutput {
  readonly modelId: string;
  readonly step: Int64;
}

export const noLinks: RunLinks = { datasets: [], modelInputs: [], modelOutputs: [] };

/** A run's attributes and, of its params, tags and latest metrics, those that were asked for. Maps are in key order. */
export interface Run {
  readonly info: RunInfo;
  readonly params: ReadonlyMap<string, string>;
  readonly tags: ReadonlyMap<string, string>;
  /** The latest point of each metric, by `isLater`. */
  readonly metrics: ReadonlyMap<string, MetricPoint>;
  /** Absent where there are none, or they were not asked for. */
  readonly links?: RunLinks | undefined;
}
