import type { Int64 } from '../../entities/int64.ts';
import type { LifecycleStage } from '../../entities/lifecycle.ts';
import type { MetricPoint } from '../../entities/metric.ts';
import type { Run, RunInfo, RunStatus } from '../../entities/run.ts';

export interface KeyValue {
  readonly key: string;
  readonly value: string;
}

export interface NewRunRequest {
  readonly experimentId: string;
  readonly userId: string;
  readonly runName: string;
  readonly startTime: Int64;
  readonly tags: readonly KeyValue[];
}

export interface RunChanges {
  readonly status?: RunStatus | undefined;
  readonly endTime?: Int64 | undefined;
  /** '' changes nothing. */
  readonly runName?: string | undefined;
}

/** A point as a client logs it. */
export interface LoggedPoint extends MetricPoint {
  /** A logged model's id; there are none here, so such a point is refused. */
  readonly modelId?: string | undefined;
  /** Of a dataset both or none are given; they matter to logged models only. */
  readonly datasetName?: string | undefined;
  readonly datasetDigest?: string | undefined;
}

export interface Batch {
  readonly metrics: readonly LoggedPoint[];
  readonly params: readonly KeyValue[];
  readonly tags: readonly KeyValue[];
}

/** A run and the stage that a client sees it in. */
export interface RunView {
  readonly run: Run;
  readonly stage: LifecycleStage;
}

export interface RunInfoView {
  readonly info: RunInfo;
  readonly stage: LifecycleStage;
}

/** Runs and their rules. What writes to a run refuses a deleted one, but for `delete` and `restore`. */
export interface RunService {
  create(request: NewRunRequest): Promise<RunView>;
  get(runId: string): Promise<RunView>;
  update(runId: string, changes: RunChanges): Promise<RunInfoView>;
  delete(runId: string): Promise<void>;
  restore(runId: string): Promise<void>;
  logMetric(runId: string, point: LoggedPoint): Promise<void>;
  /** A param keeps its first value: the same again changes nothing, another is refused. */
  logParam(runId: string, param: KeyValue): Promise<void>;
  setTag(runId: string, tag: KeyValue): Promise<void>;
  deleteTag(runId: string, key: string): Promise<void>;
  /** All of the batch, or nothing. */
  logBatch(runId: string, batch: Batch): Promise<void>;
}
