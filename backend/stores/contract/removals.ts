import type { CallContext } from '../../call-context.ts';
import type { Experiment } from '../../entities/experiment.ts';
import type { LoggedModelInfo } from '../../entities/logged-model.ts';
import type { RunInfo } from '../../entities/run.ts';

/** `begun`: out of sight, and may be put back as it was. `decided`: nothing brings it back. */
export type RemovalStep = 'begun' | 'decided';

/** Something that is on its way out, as it was. */
export interface Removal<Info> {
  readonly info: Info;
  readonly step: RemovalStep;
}

/**
 * The removal of one kind of thing for good, in steps of one row each, each of which may be repeated by whoever comes
 * next. From `begin` on no other operation of the store finds the thing: whoever asks for it is told that there is none,
 * and nobody can change or restore it. (The history of a metric may be read until the end.) So what hangs on it elsewhere, such as its artifacts, is removed between `decide`
 * and `finish`, and a crash at any point leaves something that `scan` finds.
 */
export interface Removals<Info> {
  /**
   * Takes it out of sight where `isWanted` says so, as one step with what that looked at. It must be pure and
   * synchronous, and may be called again on a newer state.
   * @returns what was begun; undefined where it is not wanted, not there, or begun already
   */
  begin(context: CallContext, id: string, isWanted: (current: Info) => boolean): Promise<Info | undefined>;

  /** Puts back what was begun and not decided. @returns whether it was */
  undo(context: CallContext, info: Info): Promise<boolean>;

  /** From now on it cannot be put back. @returns whether it is decided: false where it was undone or finished */
  decide(context: CallContext, info: Info): Promise<boolean>;

  /** Removes all that the store has of it, where that is decided. */
  finish(context: CallContext, info: Info): Promise<void>;
}

/** Removals of what belongs to experiments. */
export interface RemovalsInExperiments<Info> extends Removals<Info> {
  /** What is on its way out in these experiments, whether these are there or not; in pages of any size but none empty. */
  scan(context: CallContext, experimentIds: readonly string[]): AsyncIterable<readonly Removal<Info>[]>;
}

export interface ExperimentRemovals extends Removals<Experiment> {
  /** All experiments on their way out, in pages of any size but none empty. */
  scan(context: CallContext): AsyncIterable<readonly Removal<Experiment>[]>;
}

/**
 * What `kirka gc` removes things with. An experiment's name stays taken until it is finished, its datasets go with it,
 * and its id is never given again; its runs and logged models are removed by themselves, before.
 */
export interface RemovalStore {
  readonly runs: RemovalsInExperiments<RunInfo>;
  readonly loggedModels: RemovalsInExperiments<LoggedModelInfo>;
  readonly experiments: ExperimentRemovals;
}
