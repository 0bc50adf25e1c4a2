export type LifecycleStage = 'active' | 'deleted';

/**
 * A stage and when it was set. Deleting an experiment deletes its runs and restoring it restores all of them, yet a
 * store can change only one row at once. So nothing is written to the runs: each experiment counts its deletions and
 * restorations in `epoch`, a run notes the epoch it saw when its own stage was set, and whichever changed last decides.
 */
export interface Lifecycle {
  readonly stage: LifecycleStage;
  /** For an experiment: how often its stage has changed. For a run: its experiment's epoch when its stage was set. */
  readonly epoch: number;
  /** When the stage was set, in ms since 1970; what `kirka gc` counts its retention from. */
  readonly changedAt: number;
}

/** The stage that a run is in, from its own lifecycle and its experiment's. */
export function effectiveStage(run: Lifecycle, experiment: Lifecycle): LifecycleStage {
  return run.epoch < experiment.epoch ? experiment.stage : run.stage;
}
