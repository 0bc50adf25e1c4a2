import type { CallContext } from '../../call-context.ts';
import type { LoggedModel, LoggedModelInfo, ModelMetric } from '../../entities/logged-model.ts';

/** Which of a model's metrics a read brings, by key; those of all datasets and runs. */
export type MetricsWanted = 'all' | readonly string[];

/** What an update changes; what is left out stays. */
export interface LoggedModelPatch {
  readonly info?: Partial<Pick<LoggedModelInfo, 'status' | 'stage' | 'lastUpdateTime'>>;
  readonly setParams?: ReadonlyMap<string, string>;
  readonly setTags?: ReadonlyMap<string, string>;
  readonly deleteTags?: readonly string[];
}

/** Where a newest-first scan stands: behind this model. */
export type ModelPosition = Pick<LoggedModelInfo, 'creationTime' | 'modelId'>;

export interface LoggedModelScan {
  readonly experimentIds: readonly string[];
  /** Goes on behind this position, which need not exist any more. */
  readonly after?: ModelPosition | undefined;
  /** The metrics that the caller will look at. */
  readonly metrics: MetricsWanted;
  /** About how many models the caller expects to take: how far the engine may usefully read ahead. */
  readonly expect?: number | undefined;
}

/** `conflict`: a point of the same key, timestamp, step and run is there, with another value or dataset. */
export type MetricsAdded = 'added' | 'conflict';

/**
 * Logged models. A metric that a run logs for a model is kept in both rows, the model's first: the run's point is the
 * one that a client sees acknowledged, and a repeated call adds nothing to a model that has the point already.
 */
export interface LoggedModelStore {
  /** Creates the model, without metrics. Its id is new: the caller draws 122 random bits. */
  create(context: CallContext, info: LoggedModelInfo): Promise<void>;

  get(context: CallContext, modelId: string, metrics: MetricsWanted): Promise<LoggedModel | undefined>;

  /** As `get` for many: a map of those that exist. */
  getMany(
    context: CallContext,
    modelIds: readonly string[],
    metrics: MetricsWanted,
  ): Promise<ReadonlyMap<string, LoggedModel>>;

  /**
   * Reads one model without its metrics, asks `decide` what to change, and writes that, all as one step: as for runs
   * (`RunStore.update`).
   * @returns the state after the update; undefined where there is no such model.
   */
  update(
    context: CallContext,
    modelId: string,
    decide: (current: LoggedModelInfo) => LoggedModelPatch,
  ): Promise<LoggedModelInfo | undefined>;

  /**
   * Adds points as one step: all of them, or none where one conflicts with what is there or with another of the call.
   * One that is there already changes nothing, so the call may be repeated.
   * @returns undefined where there is no such model.
   */
  addMetrics(context: CallContext, modelId: string, metrics: readonly ModelMetric[]): Promise<MetricsAdded | undefined>;

  /**
   * The models of some experiments, deleted ones too, newest first: creation time descending, then model id ascending,
   * across all of them. In pages of any size but none empty. It reads in proportion to what is taken.
   */
  scan(context: CallContext, scan: LoggedModelScan): AsyncIterable<readonly LoggedModel[]>;
}
