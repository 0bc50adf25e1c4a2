import type { CallContext } from '../../call-context.ts';
import type { Dataset, DatasetId, DatasetSummary } from '../../entities/dataset.ts';

/** Which dataset of which experiment. */
export interface DatasetKey extends DatasetId {
  readonly experimentId: string;
}

/**
 * The datasets of each experiment. A run holds their names and digests only (`RunLinks`), so whoever links a run to a
 * dataset registers it first: a crash between the two leaves a dataset that no run shows, never a run with a gap.
 */
export interface DatasetStore {
  /**
   * Registers the dataset unless the experiment has one of its name and digest, which then stays as it is, and notes
   * what it is used for. As one step; repeating it changes nothing.
   */
  register(context: CallContext, experimentId: string, dataset: Dataset, usedFor: string | undefined): Promise<void>;

  /** The datasets of these keys, in their order; undefined where there is none. */
  getMany(context: CallContext, keys: readonly DatasetKey[]): Promise<readonly (Dataset | undefined)[]>;

  /**
   * The uses of the experiments' datasets, each once: experiments in the order given, then in an order that stays as it
   * is. In pages of any size but none empty.
   */
  scan(context: CallContext, experimentIds: readonly string[]): AsyncIterable<readonly DatasetSummary[]>;
}
