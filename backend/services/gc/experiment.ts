import type { CallContext } from '../../call-context.ts';
import type { ArtifactStore } from '../../artifacts/contract.ts';
import { ArtifactError } from '../../artifacts/contract.ts';
import type { Experiment } from '../../entities/experiment.ts';
import type { Removal, Store } from '../../stores/contract/index.ts';
import { experimentDeletedAt, isExpired, runDeletedAt } from './expiry.ts';
import { findingOfExperiment } from './findings.ts';
import { folderOfExperiment, removeFolder } from './folders.ts';
import type { Remover } from './remove.ts';
import type { Outcome, Report } from './report.ts';
import { forEachOf } from '../../several.ts';

export interface Emptier {
  readonly store: Store;
  readonly artifacts: ArtifactStore;
  readonly remover: Remover;
  readonly cutoff: number;
  readonly report: Report;
}

export const keepsARun: Outcome = { is: 'kept', reason: 'a run in it was restored, or deleted later' };

/**
 * Removes an experiment and all that is in it. It is taken out of sight first, so that nobody restores it or adds to it,
 * then its runs go, each by a check of its own. Where one is not to go the experiment comes back with what is left: it is
 * decided only when no run is left.
 */
export async function removeExperiment(context: CallContext, emptier: Emptier, experiment: Experiment): Promise<void> {
  const { store, cutoff, report } = emptier;
  const begun = await store.removals.experiments.begin(context, experiment.experimentId, (current) =>
    isExpired(experimentDeletedAt(current), cutoff),
  );
  if (begun === undefined) report(findingOfExperiment(experiment), { is: 'restored' });
  else await resumeExperiment(context, emptier, { info: begun, step: 'begun' });
}

/** Goes on with what this or another gc has begun. */
export async function resumeExperiment(
  context: CallContext,
  emptier: Emptier,
  { info }: Removal<Experiment>,
): Promise<void> {
  const { store, report } = emptier;
  const { experiments } = store.removals;
  const finding = findingOfExperiment(info);
  if (!(await removeExpiredRuns(context, emptier, info))) {
    report(finding, { is: 'failed', reason: 'a run in it could not be removed' });
    return;
  }
  if ((await hasOtherRuns(context, emptier, info)) && (await experiments.undo(context, info))) {
    report(finding, keepsARun);
    return;
  }
  if (!(await experiments.decide(context, info))) {
    report(finding, { is: 'restored' });
    return;
  }
  if (!(await removeModels(context, emptier, info))) {
    report(finding, { is: 'failed', reason: 'a logged model in it could not be removed' });
    return;
  }
  try {
    await removeFolder(context, emptier.artifacts, folderOfExperiment(info, await otherLocations(context, store)));
  } catch (error) {
    if (!(error instanceof ArtifactError)) throw error;
    report(finding, { is: 'failed', reason: error.message });
    return;
  }
  await experiments.finish(context, info);
  report(finding, { is: 'removed' });
}

/** @returns whether all of them are gone, or are not to go */
async function removeExpiredRuns(
  context: CallContext,
  { store, remover, cutoff }: Emptier,
  experiment: Experiment,
): Promise<boolean> {
  const experimentIds = [experiment.experimentId];
  let failed = false;
  const noted = async (outcome: Promise<Outcome['is']>): Promise<void> => {
    if ((await outcome) === 'failed') failed = true;
  };
  for await (const page of store.removals.runs.scan(context, experimentIds)) {
    await forEachOf(page, (removal) => noted(remover.resumeRun(removal, experiment)));
  }
  for await (const page of store.runs.scan(context, { experimentIds, parts: {} })) {
    const expired = page.filter(({ info }) => isExpired(runDeletedAt(info.lifecycle, experiment.lifecycle), cutoff));
    await forEachOf(expired, ({ info }) => noted(remover.removeRun(info, experiment)));
  }
  return !failed;
}

/** Whether there are runs that are not to go. */
export async function hasOtherRuns(
  context: CallContext,
  { store, cutoff }: Emptier,
  experiment: Experiment,
): Promise<boolean> {
  for await (const page of store.runs.scan(context, { experimentIds: [experiment.experimentId], parts: {} })) {
    if (page.some(({ info }) => !isExpired(runDeletedAt(info.lifecycle, experiment.lifecycle), cutoff))) return true;
  }
  return false;
}

/** Models go with their experiment whatever their stage, as on MLflow's server. @returns whether all are gone */
async function removeModels(
  context: CallContext,
  { store, remover }: Emptier,
  { experimentId }: Experiment,
): Promise<boolean> {
  let failed = false;
  const noted = async (outcome: Promise<Outcome['is']>): Promise<void> => {
    if ((await outcome) === 'failed') failed = true;
  };
  for await (const page of store.removals.loggedModels.scan(context, [experimentId])) {
    await forEachOf(page, (removal) => noted(remover.resumeModel(removal)));
  }
  for await (const page of store.loggedModels.scan(context, { experimentIds: [experimentId], metrics: [] })) {
    await forEachOf(page, ({ info }) => noted(remover.removeModel(info, () => true)));
  }
  return !failed;
}

async function otherLocations(context: CallContext, store: Store): Promise<readonly string[]> {
  const locations: string[] = [];
  for await (const page of store.experiments.scan(context))
    locations.push(...page.map((found) => found.artifactLocation));
  return locations;
}
