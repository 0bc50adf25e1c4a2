import type { CallContext } from '../../call-context.ts';
import type { ArtifactStore } from '../../artifacts/contract.ts';
import { defaultExperimentId } from '../../entities/experiment.ts';
import type { Experiment } from '../../entities/experiment.ts';
import type { Store } from '../../stores/contract/index.ts';
import { hasOtherRuns, keepsARun, removeExperiment, resumeExperiment } from './experiment.ts';
import { experimentDeletedAt, isExpired, modelDeletedAt, runDeletedAt } from './expiry.ts';
import { findingOfExperiment, findingOfModel, findingOfRun } from './findings.ts';
import { createRemover } from './remove.ts';
import type { Report } from './report.ts';
import { chosenOf } from './selection.ts';
import type { Selection } from './selection.ts';
import { forEachOf } from '../../several.ts';

export interface GcOptions {
  /** ms since 1970: what was deleted then or before is removed. */
  readonly cutoff: number;
  /** Whether anything is removed, or all is only reported. */
  readonly apply: boolean;
  /** Where it is given, nothing but that, and it must be removable. */
  readonly selection?: Selection | undefined;
}

/**
 * Removes for good what was deleted long enough ago: runs, logged models, and experiments with all that is in them; with
 * the artifacts. What an earlier call left unfinished is gone on with. May be broken off at any point, and run beside
 * backends and beside itself.
 * @throws NotRemovable where an id of the selection cannot be removed, and then nothing has been
 */
export async function collectGarbage(
  context: CallContext,
  parts: { readonly store: Store; readonly artifacts: ArtifactStore },
  { cutoff, apply, selection }: GcOptions,
  report: Report,
): Promise<void> {
  const { store } = parts;
  const remover = createRemover(context, parts, cutoff, report);
  const emptier = { ...parts, remover, cutoff, report };
  const chosen = selection && (await chosenOf(context, store, selection, cutoff));

  for await (const page of store.removals.experiments.scan(context)) {
    for (const removal of page) {
      if (apply) await resumeExperiment(context, emptier, removal);
      else report(findingOfExperiment(removal.info), { is: 'unfinished' });
    }
  }
  for await (const page of store.experiments.scan(context)) {
    for (const experiment of page) await visit(experiment);
  }

  async function visit(experiment: Experiment): Promise<void> {
    const { experimentId } = experiment;
    await resume(experiment);
    const isWhole = await goesAsAWhole(experiment);
    if (isWhole && apply) return removeExperiment(context, emptier, experiment);
    for await (const page of store.runs.scan(context, { experimentIds: [experimentId], parts: {} })) {
      const expired = page.filter(
        ({ info }) =>
          isExpired(runDeletedAt(info.lifecycle, experiment.lifecycle), cutoff) &&
          (isWhole || chosen === undefined || chosen.runs.has(info.runId)),
      );
      await forEachOf(expired, async ({ info }) => {
        if (apply) await remover.removeRun(info, experiment);
        else report(findingOfRun(info, experiment), { is: 'would be removed' });
      });
    }
    for await (const page of store.loggedModels.scan(context, { experimentIds: [experimentId], metrics: [] })) {
      const expired = page.filter(
        ({ info }) =>
          isWhole ||
          (isExpired(modelDeletedAt(info), cutoff) && (chosen === undefined || chosen.models.has(info.modelId))),
      );
      await forEachOf(expired, async ({ info }) => {
        if (apply) await remover.removeModel(info);
        else report(findingOfModel(info), { is: 'would be removed' });
      });
    }
    if (isWhole) report(findingOfExperiment(experiment), { is: 'would be removed' });
  }

  /** An experiment is out of sight while it is removed: one that would come back is left alone. */
  async function goesAsAWhole(experiment: Experiment): Promise<boolean> {
    const { experimentId } = experiment;
    if (experimentId === defaultExperimentId || !isExpired(experimentDeletedAt(experiment), cutoff)) return false;
    if (chosen !== undefined && !chosen.experiments.has(experimentId)) return false;
    if (!(await hasOtherRuns(context, emptier, experiment))) return true;
    report(findingOfExperiment(experiment), keepsARun);
    return false;
  }

  /** What was begun in an experiment that stays. */
  async function resume(experiment: Experiment): Promise<void> {
    const ids = [experiment.experimentId];
    for await (const page of store.removals.runs.scan(context, ids)) {
      await forEachOf(page, async (removal) => {
        if (apply) await remover.resumeRun(removal, experiment);
        else report(findingOfRun(removal.info, experiment), { is: 'unfinished' });
      });
    }
    for await (const page of store.removals.loggedModels.scan(context, ids)) {
      await forEachOf(page, async (removal) => {
        if (apply) await remover.resumeModel(removal);
        else report(findingOfModel(removal.info), { is: 'unfinished' });
      });
    }
  }
}
