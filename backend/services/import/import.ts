import type { CallContext } from '../../call-context.ts';
import type { ArtifactStore } from '../../artifacts/contract.ts';
import type { Store } from '../../stores/contract/index.ts';
import { forEachOf } from '../../several.ts';
import { copyExperiment, experimentEntity, reasonAgainstExperiment } from './experiments.ts';
import { leftOutOf } from './home.ts';
import type { Home } from './home.ts';
import { ImportRefused } from './job.ts';
import type { Job, Progress } from './job.ts';
import { copyLoggedModel } from './logged-models.ts';
import { copyRegisteredModel, reasonAgainstModel, registeredModelEntity } from './registry.ts';
import { Roots } from './roots.ts';
import { copyRun } from './runs.ts';
import { SourceError } from './source.ts';
import type { ImportSource, SourceExperiment, SourceModel } from './source.ts';

export interface ImportResult {
  readonly progress: Readonly<Progress>;
  /** What is not as at the source, a line each; none where all is. */
  readonly problems: readonly string[];
  readonly notices: readonly string[];
}

/**
 * Copies all that a tracking server tells: experiments, runs with their histories, links and artifacts, logged models, the
 * registry. Ids and times are kept. What is written is read and compared with what the source sent, and then recorded as
 * complete in the store. It may be broken off and called again, from any machine: it goes on with what it has begun, leaves
 * what is complete to its users, and brings what is new at the source where that is free here.
 * @throws ImportRefused where the first import meets something else under an id or a name, SourceError, and what the stores
 * throw
 */
export async function importFrom(
  context: CallContext,
  source: ImportSource,
  { store, artifacts }: { readonly store: Store; readonly artifacts: ArtifactStore },
  { now = Date.now(), tell = () => undefined }: { now?: number; tell?: (progress: Readonly<Progress>) => void } = {},
): Promise<ImportResult> {
  const progress: Progress = {
    ...{ phase: 'looking', experiments: 0, runs: 0, runsInAll: 0, loggedModels: 0, registeredModels: 0, versions: 0 },
    ...{ complete: 0, points: 0, files: 0, bytes: 0 },
  };
  const job: Job = {
    ...{ source, store, artifacts, now, progress },
    ...{ problems: [], notices: new Set(), roots: new Roots() },
    tell: () => {
      tell(progress);
    },
  };
  job.tell();
  const experiments = await source.experiments();
  if (experiments.length === 0)
    throw new SourceError("No MLflow server: it has no experiment, where MLflow's has one from the start.");
  const registered = await source.registeredModels();
  await checkFirst(context, job, experiments, registered);

  progress.phase = 'copying';
  const homes: Home[] = [];
  for (const experiment of [...experiments].sort((a, b) => Number(a.experimentId) - Number(b.experimentId))) {
    homes.push(await copyExperiment(context, job, experiment));
  }
  const runs = new Map<string, Home>();
  for (const home of homes) {
    for (const runId of await source.runIds(home.experimentId)) runs.set(runId, home);
    progress.runsInAll = runs.size;
    job.tell();
  }
  await forEachOf([...runs], ([runId, home]) => copyRun(context, job, runId, home));
  for (const home of homes) {
    await forEachOf(await source.loggedModels(home.experimentId), (model) =>
      copyLoggedModel(context, job, model, home),
    );
    job.problems.push(...leftOutOf(home));
  }
  for (const model of registered) await copyRegisteredModel(context, job, model);
  return { progress, problems: job.problems, notices: [...job.notices] };
}

/** Before an import from this source has begun anything, nothing of it may be another's here. */
async function checkFirst(
  context: CallContext,
  job: Job,
  experiments: readonly SourceExperiment[],
  registered: readonly SourceModel[],
): Promise<void> {
  for (const entity of [...experiments.map(experimentEntity), ...registered.map(registeredModelEntity)]) {
    if ((await job.store.imports.get(context, entity)) !== undefined) return;
  }
  const reasons: string[] = [];
  for (const experiment of experiments)
    reasons.push(...toList(await reasonAgainstExperiment(context, job, experiment)));
  for (const model of registered) reasons.push(...toList(await reasonAgainstModel(context, job, model)));
  if (reasons.length > 0) throw new ImportRefused(`nothing was imported.\n${reasons.join('\n')}`);
}

const toList = (reason: string | undefined): readonly string[] => (reason === undefined ? [] : [reason]);
