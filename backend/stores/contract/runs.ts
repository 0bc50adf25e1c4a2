import type { CallContext } from '../../call-context.ts';
import type { MetricPoint } from '../../entities/metric.ts';
import type { Run, RunInfo, RunLinks } from '../../entities/run.ts';

/** Which of a run's parts a read brings; a part left out arrives as an empty map. */
export interface RunParts {
  readonly params?: 'all' | readonly string[];
  readonly tags?: 'all' | readonly string[];
  readonly metrics?: 'all' | readonly string[];
  readonly links?: boolean;
}

export const wholeRun: RunParts = { params: 'all', tags: 'all', metrics: 'all', links: true };

/** What an update changes; what is left out stays. */
export interface RunPatch {
  readonly info?: Partial<Pick<RunInfo, 'runName' | 'status' | 'endTime' | 'lifecycle'>>;
  readonly setParams?: ReadonlyMap<string, string>;
  readonly setTags?: ReadonlyMap<string, string>;
  readonly deleteTags?: readonly string[];
  /** The new latest points, by key. */
  readonly setMetrics?: ReadonlyMap<string, MetricPoint>;
  /** Points for the history. One that is there already changes nothing. */
  readonly points?: readonly MetricPoint[];
  /** All that the run has from now on: who adds to them reads them first. */
  readonly links?: RunLinks;
}

/** Where a newest-first scan stands: behind this run. */
export interface ScanPosition {
  readonly startTime: RunInfo['startTime'];
  readonly runId: string;
}

export interface RunScan {
  readonly experimentIds: readonly string[];
  /** Goes on behind this position, which need not exist any more. */
  readonly after?: ScanPosition | undefined;
  /** The parts that the caller will look at. */
  readonly parts: RunParts;
  /** About how many runs the caller expects to take: how far the engine may usefully read ahead. */
  readonly expect?: number | undefined;
}

export interface RunStore {
  /** Creates the run whole. Its id is new: the caller draws 128 random bits. */
  create(context: CallContext, run: Run): Promise<void>;

  /** The run, with the parts asked for. */
  get(context: CallContext, runId: string, parts: RunParts): Promise<Run | undefined>;

  /** As `get` for many: a map of those that exist. */
  getMany(context: CallContext, runIds: readonly string[], parts: RunParts): Promise<ReadonlyMap<string, Run>>;

  /**
   * Reads one run with `parts`, asks `decide` what to change, and writes that, all as one step: no other write of the
   * run falls between. `decide` must be pure and synchronous, may be called again on a newer state, and what it throws
   * ends the update with nothing written.
   * @returns the attributes after the update; undefined where there is no such run.
   */
  update(
    context: CallContext,
    runId: string,
    parts: RunParts,
    decide: (current: Run) => RunPatch,
  ): Promise<RunInfo | undefined>;

  /**
   * The runs of some experiments, of every lifecycle stage, newest first: start time descending, then run id ascending,
   * across all of them. In pages of any size but none empty. It reads in proportion to what is taken.
   */
  scan(context: CallContext, scan: RunScan): AsyncIterable<readonly Run[]>;

  /**
   * One metric's points in history order (`compareHistory`), no point twice, those behind `after` where it is given.
   * @returns at most `limit` points (Infinity for all); fewer only where there are no more.
   */
  history(context: CallContext, runId: string, key: string, page: HistoryPage): Promise<readonly MetricPoint[]>;
}

export interface HistoryPage {
  readonly after?: MetricPoint | undefined;
  readonly limit: number;
}
