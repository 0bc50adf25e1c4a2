import type { CallContext } from '../../call-context.ts';
import type { ArtifactStore } from '../../artifacts/contract.ts';
import { ArtifactError } from '../../artifacts/contract.ts';
import type { Experiment } from '../../entities/experiment.ts';
import type { LoggedModelInfo } from '../../entities/logged-model.ts';
import type { RunInfo } from '../../entities/run.ts';
import type { Removal, Removals, Store } from '../../stores/contract/index.ts';
import { StoreUnavailable } from '../../stores/contract/index.ts';
import { isExpired, modelDeletedAt, runDeletedAt } from './expiry.ts';
import { findingOfModel, findingOfRun } from './findings.ts';
import { folderOf, removeFolder } from './folders.ts';
import type { Finding, Outcome, Report } from './report.ts';

/** Removes runs and logged models, each by itself. */
export interface Remover {
  /** @param experiment the run's, as it was when the run was found */
  removeRun(run: RunInfo, experiment: Experiment): Promise<Outcome['is']>;
  /** Goes on with what this or another gc has begun. */
  resumeRun(removal: Removal<RunInfo>, experiment: Experiment): Promise<Outcome['is']>;
  /** @param isWanted whether it is to go, as it is now */
  removeModel(model: LoggedModelInfo, isWanted?: (current: LoggedModelInfo) => boolean): Promise<Outcome['is']>;
  resumeModel(removal: Removal<LoggedModelInfo>): Promise<Outcome['is']>;
}

/**
 * The order that makes it safe. `begin` takes a run out of sight, by a check of its own lifecycle; that of its experiment,
 * which is another row, is read again behind it: if it was restored in between, the run is put back as it was, before
 * anything of it was touched. From `decide` on the run is nobody's, and whoever breaks off leaves it out of sight with its
 * artifacts' place on it, for the next gc to go on with. The artifacts go before the row that names them.
 */
export function createRemover(
  context: CallContext,
  { store, artifacts }: { readonly store: Store; readonly artifacts: ArtifactStore },
  cutoff: number,
  report: Report,
): Remover {
  const { runs, loggedModels } = store.removals;

  async function told(finding: Finding, work: () => Promise<'removed' | 'restored'>): Promise<Outcome['is']> {
    const outcome = await work().then(
      (is): Outcome => ({ is }),
      (error: unknown): Outcome => {
        if (!(error instanceof ArtifactError || error instanceof StoreUnavailable)) throw error;
        return { is: 'failed', reason: error.message };
      },
    );
    report(finding, outcome);
    return outcome.is;
  }

  async function finish<Info extends { readonly artifactUri: string }>(
    removals: Removals<Info>,
    info: Info,
    id: string,
  ): Promise<'removed' | 'restored'> {
    if (!(await removals.decide(context, info))) return 'restored';
    await removeFolder(context, artifacts, folderOf(info.artifactUri, id));
    await removals.finish(context, info);
    return 'removed';
  }

  /** Reads the experiment once more. One that is not there is itself being removed. */
  async function settleRun(info: RunInfo): Promise<'removed' | 'restored'> {
    const experiment = await store.experiments.get(context, info.experimentId);
    const isRestored =
      experiment !== undefined && !isExpired(runDeletedAt(info.lifecycle, experiment.lifecycle), cutoff);
    if (isRestored && (await runs.undo(context, info))) return 'restored';
    return finish(runs, info, info.runId);
  }

  return {
    removeRun: (run, experiment) =>
      told(findingOfRun(run, experiment), async () => {
        const begun = await runs.begin(context, run.runId, ({ lifecycle }) =>
          isExpired(runDeletedAt(lifecycle, experiment.lifecycle), cutoff),
        );
        return begun === undefined ? 'restored' : settleRun(begun);
      }),

    resumeRun: ({ info, step }, experiment) =>
      told(findingOfRun(info, experiment), () =>
        step === 'decided' ? finish(runs, info, info.runId) : settleRun(info),
      ),

    removeModel: (model, isWanted = (current) => isExpired(modelDeletedAt(current), cutoff)) =>
      told(findingOfModel(model), async () => {
        const begun = await loggedModels.begin(context, model.modelId, isWanted);
        return begun === undefined ? 'restored' : finish(loggedModels, begun, begun.modelId);
      }),

    resumeModel: ({ info }) => told(findingOfModel(info), () => finish(loggedModels, info, info.modelId)),
  };
}
