import type { CallContext } from '../../call-context.ts';
import type { Experiment } from '../../entities/experiment.ts';
import type { Lifecycle } from '../../entities/lifecycle.ts';

export interface NewExperiment {
  readonly name: string;
  /** The location that goes with the id, once that is known. */
  readonly artifactLocation: (experimentId: string) => string;
  /** ms since 1970; creation and last update. */
  readonly creationTime: number;
  readonly tags: ReadonlyMap<string, string>;
}

/** What an update changes; what is left out stays. */
export interface ExperimentPatch {
  readonly name?: string;
  readonly lifecycle?: Lifecycle;
  readonly lastUpdateTime?: number;
  readonly setTags?: ReadonlyMap<string, string>;
  readonly deleteTags?: readonly string[];
}

export type NameTaken = 'name taken';

export interface ExperimentStore {
  /**
   * Creates an active experiment at epoch 0 under the next id. Ids are distinct and increase; a number may be left out,
   * but none is given twice. Of racing creations of one name one wins, the others get 'name taken', also where the
   * name's holder is deleted.
   */
  create(context: CallContext, experiment: NewExperiment): Promise<Experiment | NameTaken>;

  /**
   * Creates an experiment as it was elsewhere, under its own id. No id below it is given to anybody afterwards, so whoever
   * makes several begins with the lowest.
   */
  createAs(context: CallContext, experiment: Experiment): Promise<'created' | 'id taken' | NameTaken>;

  get(context: CallContext, experimentId: string): Promise<Experiment | undefined>;

  /** Names compare by code point. */
  getByName(context: CallContext, name: string): Promise<Experiment | undefined>;

  /**
   * Reads one experiment, asks `decide` what to change, and writes that, all as one step: no other write of the
   * experiment falls between. `decide` must be pure and synchronous, may be called again on a newer state, and what it
   * throws ends the update with nothing written. With a new name, the name is claimed as in `create` and the old one is
   * free afterwards; a reader may for a moment find the experiment under neither or both names, never another's.
   * @returns the new state; 'name taken'; undefined where there is no such experiment.
   */
  update(
    context: CallContext,
    experimentId: string,
    decide: (current: Experiment) => ExperimentPatch,
  ): Promise<Experiment | NameTaken | undefined>;

  /** All experiments, newest id first, in pages of any size but none empty. */
  scan(context: CallContext): AsyncIterable<readonly Experiment[]>;
}
