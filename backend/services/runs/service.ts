import type { CallContext } from '../../call-context.ts';
import type { Dataset } from '../../entities/dataset.ts';
import type { Int64 } from '../../entities/int64.ts';
import type { LifecycleStage } from '../../entities/lifecycle.ts';
import type { MetricPoint } from '../../entities/metric.ts';
import type { ModelOutput, Run, RunInfo, RunStatus } from '../../entities/run.ts';

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
  /** The logged model that the point is about, too; '' or absent: none. */
  readonly modelId?: string | undefined;
  /** Of a dataset both or none are given; a logged model keeps them, a run does not. */
  readonly datasetName?: string | undefined;
  readonly datasetDigest?: string | undefined;
}

export interface Batch {
  readonly metrics: readonly LoggedPoint[];
  readonly params: readonly KeyValue[];
  readonly tags: readonly KeyValue[];
}

/** A dataset that a run used, and what the run says about the use. */
export interface DatasetInput {
  readonly dataset: Dataset;
  readonly tags: ReadonlyMap<string, string>;
}

/** As `DatasetInput`, as a client logs it. */
export interface LoggedDataset {
  readonly dataset: Dataset;
  readonly tags: readonly KeyValue[];
}

/** A run, the stage that a client sees it in, and the datasets that it used. */
export interface RunView {
  readonly run: Run;
  readonly stage: LifecycleStage;
  readonly datasets: readonly DatasetInput[];
}

export interface RunInfoView {
  readonly info: RunInfo;
  readonly stage: LifecycleStage;
}

/** Runs and their rules. What writes to a run refuses a deleted one, but for `delete` and `restore`. */
export interface RunService {
  create(context: CallContext, request: NewRunRequest): Promise<RunView>;
  get(context: CallContext, runId: string): Promise<RunView>;
  update(context: CallContext, runId: string, changes: RunChanges): Promise<RunInfoView>;
  delete(context: CallContext, runId: string): Promise<void>;
  restore(context: CallContext, runId: string): Promise<void>;
  logMetric(context: CallContext, runId: string, point: LoggedPoint): Promise<void>;
  /** A param keeps its first value: the same again changes nothing, another is refused. */
  logParam(context: CallContext, runId: string, param: KeyValue): Promise<void>;
  setTag(context: CallContext, runId: string, tag: KeyValue): Promise<void>;
  deleteTag(context: CallContext, runId: string, key: string): Promise<void>;
  /** All of the batch, or nothing. What is logged for a model, too, reaches the model first. */
  logBatch(context: CallContext, runId: string, batch: Batch): Promise<void>;
  /** Adds datasets and logged models that the run uses. One that it has already stays as it is. */
  logInputs(
    context: CallContext,
    runId: string,
    datasets: readonly LoggedDataset[],
    modelIds: readonly string[],
  ): Promise<void>;
  /** Adds logged models that the run has made. @throws MlflowError BAD_REQUEST where it has made one of them already */
  logOutputs(context: CallContext, runId: string, models: readonly ModelOutput[]): Promise<void>;
  /** Adds to the history of models that clients before MLflow 3 keep in a tag. */
  logModel(context: CallContext, runId: string, modelJson: string): Promise<void>;
}
