import { LRUCache } from 'lru-cache';
import type { CallContext } from '../../call-context.ts';
import { brief } from '../../brief.ts';
import { doesNotExist, invalidParameter } from '../../errors.ts';
import type { MlflowError } from '../../errors.ts';
import { effectiveStage } from '../../entities/lifecycle.ts';
import type { Lifecycle, LifecycleStage } from '../../entities/lifecycle.ts';
import type { Run, RunInfo } from '../../entities/run.ts';
import type { RunParts, RunPatch, Store } from '../../stores/contract/index.ts';

/** A run's experiment never changes: remembering it saves each write one read. */
const remembered = 20_000;

/** Writes to runs, whose stage follows from two rows: their own and their experiment's. */
export class LiveRuns {
  readonly #store: Store;
  readonly #experimentOf = new LRUCache<string, string>({ max: remembered });

  constructor(store: Store) {
    this.#store = store;
  }

  /**
   * Changes a run that is not deleted, as `RunStore.update` does.
   * @throws MlflowError where there is no such run, or it is deleted
   */
  change(context: CallContext, runId: string, parts: RunParts, decide: (current: Run) => RunPatch): Promise<RunInfo> {
    return this.changeAny(context, runId, parts, (current, experiment) => {
      checkStage(runId, effectiveStage(current.info.lifecycle, experiment));
      return decide(current);
    });
  }

  /** Throws what `change` would, and writes nothing. */
  async check(context: CallContext, runId: string, parts: RunParts, decide: (current: Run) => RunPatch): Promise<Run> {
    const run = await this.#store.runs.get(context, runId, parts);
    if (run === undefined) throw noSuchRun(runId);
    checkStage(runId, await this.stageOf(context, run.info));
    decide(run);
    return run;
  }

  /** As `change`, for a run in any stage. */
  async changeAny(
    context: CallContext,
    runId: string,
    parts: RunParts,
    decide: (current: Run, experiment: Lifecycle) => RunPatch,
  ): Promise<RunInfo> {
    const experiment = await this.#lifecycleOf(context, runId, await this.#experimentIdOf(context, runId));
    const info = await this.#store.runs.update(context, runId, parts, (current) => decide(current, experiment));
    if (info === undefined) throw noSuchRun(runId);
    return info;
  }

  async stageOf(context: CallContext, { runId, experimentId, lifecycle }: RunInfo): Promise<LifecycleStage> {
    return effectiveStage(lifecycle, await this.#lifecycleOf(context, runId, experimentId));
  }

  async #experimentIdOf(context: CallContext, runId: string): Promise<string> {
    const known = this.#experimentOf.get(runId);
    if (known !== undefined) return known;
    const run = await this.#store.runs.get(context, runId, {});
    if (run === undefined) throw noSuchRun(runId);
    this.#experimentOf.set(runId, run.info.experimentId);
    return run.info.experimentId;
  }

  /** An experiment that is being removed for good takes its runs along. */
  async #lifecycleOf(context: CallContext, runId: string, experimentId: string): Promise<Lifecycle> {
    const experiment = await this.#store.experiments.get(context, experimentId);
    if (experiment === undefined) throw noSuchRun(runId);
    return experiment.lifecycle;
  }
}

function checkStage(runId: string, stage: LifecycleStage): void {
  if (stage === 'active') return;
  throw invalidParameter(brief`The run ${runId} must be in the 'active' state. Current state is ${stage}.`);
}

export const noSuchRun = (runId: string): MlflowError => doesNotExist(brief`Run with id=${runId} not found`);
