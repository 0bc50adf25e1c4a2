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

/** A run's attributes and, of its params, tags and latest metrics, those that were asked for. Maps are in key order. */
export interface Run {
  readonly info: RunInfo;
  readonly params: ReadonlyMap<string, string>;
  readonly tags: ReadonlyMap<string, string>;
  /** The latest point of each metric, by `isLater`. */
  readonly metrics: ReadonlyMap<string, MetricPoint>;
}
