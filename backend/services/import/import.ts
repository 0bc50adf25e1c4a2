import type { CallContext } from '../../call-context.ts';
import type { ArtifactStore } from '../../artifacts/contract.ts';
import type { Experiment } from '../../entities/experiment.ts';
import type { Store } from '../../stores/contract/index.ts';
import { forEachOf } from '../../several.ts';
import { copyExperiments, reasonsAgainstExperiments, verifyExperiments } from './experiments.ts';
import { ImportRefused } from './job.ts';
import type { Job, Progress } from './job.ts';
import { copyLoggedModel, verifyLoggedModel } from './logged-models.ts';
import type { ExpectedModel } from './logged-models.ts';
import { copyRegisteredModel, reasonsAgainstModels, verifyRegisteredModel } from './registry.ts';
import { copyRun, verifyRun } from './runs.ts';
import type { ExpectedRun } from './runs.ts';
import { SourceError } from './source.ts';
import type { ImportSource } from './source.ts';

export interface ImportResult {
  readonly progress: Readonly<Progress>;
  /** What is not as at the source, a line each; none where all is. */
  readonly problems: readonly string[];
  readonly notices: readonly string[];
}

/**
 * Copies all that a tracking server tells: experiments, runs with their histories, links and artifacts, logged models, the
 * registry. Ids and times are kept. It writes nothing over, may be broken off and called again, and at the end reads what
 * it has written and compares it with what the source sent.
 * @throws ImportRefused where something else has an id or a name, SourceError, and what the stores throw
 */
export async function importFrom(
  context: CallContext,
  source: ImportSource,
  { store, artifacts }: { readonly store: Store; readonly artifacts: ArtifactStore },
  { now = Date.now(), tell = () => undefined }: { now?: number; tell?: (progress: Readonly<Progress>) => void } = {},
): Promise<ImportResult> {
  const progress: Progress = {
    ...{ phase: 'looking', experiments: 0, runs: 0, runsInAll: 0, points: 0 },
    ...{ loggedModels: 0, registeredModels: 0, versions: 0, files: 0, bytes: 0 },
  };
  const job: Job = {
    ...{ source, store, artifacts, now, progress },
    ...{ problems: [], notices: new Set(), roots: new Map() },
    tell: () => {
      tell(progress);
    },
  };
  job.tell();
  const wanted = await source.experiments();
  if (wanted.length === 0)
    throw new SourceError("No MLflow server: it has no experiment, where MLflow's has one from the start.");
  const registered = await source.registeredModels();
  const reasons = [
    ...(await reasonsAgainstExperiments(context, job, wanted)),
    ...(await reasonsAgainstModels(context, job, registered)),
  ];
  if (reasons.length > 0) throw new ImportRefused(`nothing was imported.\n${reasons.join('\n')}`);

  progress.phase = 'copying';
  const experiments = await copyExperiments(context, job, wanted);
  const runs = new Map<string, { readonly experiment: Experiment; expected?: ExpectedRun }>();
  for (const experiment of experiments) {
    for (const runId of await source.runIds(experiment.experimentId)) runs.set(runId, { experiment });
    progress.runsInAll = runs.size;
    job.tell();
  }
  await forEachOf([...runs], async ([runId, run]) => {
    run.expected = await copyRun(context, job, runId, run.experiment);
  });
  const models = new Map<string, ExpectedModel>();
  for (const { experimentId } of experiments) {
    await forEachOf(await source.loggedModels(experimentId), async (model) => {
      models.set(model.info.modelId, await copyLoggedModel(context, job, model));
    });
  }
  for (const model of registered) await copyRegisteredModel(context, job, model);

  progress.phase = 'verifying';
  job.tell();
  await verifyExperiments(context, job, wanted);
  await forEachOf([...runs], async ([runId, { experiment, expected }]) => {
    if (expected) await verifyRun(context, job, runId, experiment, expected);
  });
  await forEachOf([...models], ([modelId, expected]) => verifyLoggedModel(context, job, modelId, expected));
  for (const model of registered) await verifyRegisteredModel(context, job, model);
  return { progress, problems: job.problems, notices: [...job.notices] };
}
