import type { CallContext } from '../../call-context.ts';
import type { Experiment } from '../../entities/experiment.ts';
import { effectiveStage } from '../../entities/lifecycle.ts';
import { datasetContextTag } from '../../entities/dataset.ts';
import { proxiedRoot } from '../../artifacts/uri.ts';
import { wholeRun } from '../../stores/contract/index.ts';
import { appendToUri } from '../validation/uri.ts';
import { copyArtifacts } from './artifacts.ts';
import { differences, digestsOfRun } from './canonical.ts';
import { copyHistory } from './histories.ts';
import type { Home } from './home.ts';
import type { Job } from './job.ts';
import { importOnce } from './records.ts';
import type { SourceRun } from './source.ts';

/** Imports a run: its datasets, then the run whole, then its histories and its files. */
export async function copyRun(context: CallContext, job: Job, runId: string, home: Home): Promise<void> {
  const source = await job.source.run(runId);
  const from = source.run.info.artifactUri;
  const to = locationOf(source, home);
  job.roots.add(from, to);
  const isComplete = await importOnce(context, job, ['run', runId], digestsOfRun(source.run, source.stage), {
    async find(isBegun) {
      if (home.experiment === undefined) {
        home.leftOut.runs++;
        return 'no place';
      }
      if ((await job.store.runs.get(context, runId, {})) === undefined) return 'nothing';
      return isBegun ? 'begun' : { taken: `run ${runId} is here, and was not imported` };
    },
    make: async () => (home.experiment ? create(context, job, source, home.experiment, to) : []),
    async complete(isNew) {
      const problems: string[] = [];
      for (const key of source.run.metrics.keys()) {
        problems.push(...(await copyHistory(context, job, { runId, key, isNew })));
      }
      return [...problems, ...(await copyArtifacts(context, job, from, to))];
    },
  });
  if (isComplete) job.progress.runs++;
  job.tell();
}

async function create(
  context: CallContext,
  job: Job,
  source: SourceRun,
  experiment: Experiment,
  artifactUri: string,
): Promise<readonly string[]> {
  const { runId } = source.run.info;
  await copyDatasets(context, job, source);
  // Servers do not say when a run was deleted: for `kirka gc` it is now.
  const lifecycle = { stage: source.stage, epoch: experiment.lifecycle.epoch, changedAt: job.now };
  await job.store.runs.create(context, { ...source.run, info: { ...source.run.info, artifactUri, lifecycle } });
  const there = await job.store.runs.get(context, runId, wholeRun);
  if (there === undefined) return [`run ${runId} is not there`];
  const stage = effectiveStage(there.info.lifecycle, experiment.lifecycle);
  const differ = differences(digestsOfRun(source.run, source.stage), digestsOfRun(there, stage));
  return differ.length === 0 ? [] : [`run ${runId} differs from the source: ${differ.join(', ')}`];
}

async function copyDatasets(context: CallContext, { store }: Job, { run, datasets }: SourceRun): Promise<void> {
  for (const [i, dataset] of datasets.entries()) {
    const usedFor = run.links?.datasets[i]?.tags.get(datasetContextTag);
    await store.datasets.register(context, run.info.experimentId, dataset, usedFor);
  }
}

/** Where Kirka would have put the run's artifacts, if the source proxies them. */
function locationOf({ run }: SourceRun, { experimentId }: Home): string {
  const { runId, artifactUri } = run.info;
  const isProxied = proxiedRoot(artifactUri) !== undefined;
  return isProxied ? appendToUri(`mlflow-artifacts:/${experimentId}`, runId, 'artifacts') : artifactUri;
}
