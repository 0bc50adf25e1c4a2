import type { CallContext } from '../../call-context.ts';
import type { Experiment } from '../../entities/experiment.ts';
import { effectiveStage } from '../../entities/lifecycle.ts';
import { compareHistory } from '../../entities/metric.ts';
import type { MetricPoint } from '../../entities/metric.ts';
import type { Run } from '../../entities/run.ts';
import { datasetContextTag } from '../../entities/dataset.ts';
import { proxiedRoot } from '../../artifacts/uri.ts';
import { wholeRun } from '../../stores/contract/index.ts';
import { appendToUri } from '../validation/uri.ts';
import { copyArtifacts, verifyArtifacts } from './artifacts.ts';
import type { Checksums } from './artifacts.ts';
import { differences, digestOfHistory, digestsOfRun, ordered } from './canonical.ts';
import type { RunDigests } from './canonical.ts';
import type { Job } from './job.ts';
import type { SourceRun } from './source.ts';

/** What a run was at the source, to be compared at the end. */
export interface ExpectedRun {
  readonly digests: RunDigests;
  /** Digest and number of points, by metric. */
  readonly histories: ReadonlyMap<string, { readonly digest: string; readonly count: number }>;
  readonly checksums: Checksums;
}

/** How many points one write takes. */
const pointsAtOnce = 10_000;

/**
 * Copies a run: its datasets, then the run whole, then its histories and its files. All of it may be repeated; a run that is
 * there and is another is left alone.
 */
export async function copyRun(
  context: CallContext,
  job: Job,
  runId: string,
  experiment: Experiment,
): Promise<ExpectedRun> {
  const source = await job.source.run(runId);
  const digests = digestsOfRun(source.run, source.stage);
  const histories = new Map<string, readonly MetricPoint[]>();
  for (const key of source.run.metrics.keys()) histories.set(key, ordered(await job.source.history(runId, key)));

  const run = runOf(job, source, experiment);
  let there = await job.store.runs.get(context, runId, wholeRun);
  if (there === undefined) {
    await copyDatasets(context, job, source);
    await job.store.runs.create(context, run);
    there = run;
  }
  const isOurs = differences(digests, digestsOfRun(there, stageOf(there, experiment))).length === 0;
  let checksums: Checksums = new Map();
  if (isOurs) {
    for (const [key, points] of histories) await copyHistory(context, job, runId, key, points);
    checksums = await copyArtifacts(context, job, source.run.info.artifactUri, run.info.artifactUri);
  }
  job.progress.runs++;
  job.tell();
  return {
    digests,
    checksums,
    histories: new Map(
      [...histories].map(([key, points]) => [key, { digest: digestOfHistory(points), count: points.length }]),
    ),
  };
}

/** Adds the points that are not there. */
async function copyHistory(
  context: CallContext,
  job: Job,
  runId: string,
  key: string,
  points: readonly MetricPoint[],
): Promise<void> {
  const there = await job.store.runs.history(context, runId, key, { limit: Infinity });
  const missing = points.filter((point) => !has(there, point));
  for (let i = 0; i < missing.length; i += pointsAtOnce) {
    const some = missing.slice(i, i + pointsAtOnce);
    await job.store.runs.update(context, runId, {}, () => ({ points: some }));
    job.progress.points += some.length;
    job.tell();
  }
}

/** Whether a point is among others, which are in order. */
function has(points: readonly MetricPoint[], point: MetricPoint): boolean {
  let [low, high] = [0, points.length];
  while (low < high) {
    const middle = (low + high) >> 1;
    if (compareHistory(points[middle] as MetricPoint, point) < 0) low = middle + 1;
    else high = middle;
  }
  return low < points.length && compareHistory(points[low] as MetricPoint, point) === 0;
}

async function copyDatasets(context: CallContext, { store }: Job, { run, datasets }: SourceRun): Promise<void> {
  for (const [i, dataset] of datasets.entries()) {
    const usedFor = run.links?.datasets[i]?.tags.get(datasetContextTag);
    await store.datasets.register(context, run.info.experimentId, dataset, usedFor);
  }
}

/** The run as it is to be here. Servers do not say when a run was deleted: for `kirka gc` it is now. */
function runOf({ now }: Job, { run, stage }: SourceRun, experiment: Experiment): Run {
  const { runId, artifactUri } = run.info;
  const isProxied = proxiedRoot(artifactUri) !== undefined;
  return {
    ...run,
    info: {
      ...run.info,
      artifactUri: isProxied
        ? appendToUri(`mlflow-artifacts:/${experiment.experimentId}`, runId, 'artifacts')
        : artifactUri,
      lifecycle: { stage, epoch: experiment.lifecycle.epoch, changedAt: now },
    },
  };
}

const stageOf = ({ info }: Run, experiment: Experiment) => effectiveStage(info.lifecycle, experiment.lifecycle);

/** Reads the run here, whole, and tells what is not as at the source. */
export async function verifyRun(
  context: CallContext,
  job: Job,
  runId: string,
  experiment: Experiment,
  expected: ExpectedRun,
): Promise<void> {
  const there = await job.store.runs.get(context, runId, wholeRun);
  if (there === undefined) {
    job.problems.push(`run ${runId} is not there`);
    return;
  }
  const differ = differences(expected.digests, digestsOfRun(there, stageOf(there, experiment)));
  if (differ.length > 0) job.problems.push(`run ${runId} is there and is another: ${differ.join(', ')} differ`);
  for (const [key, { digest, count }] of expected.histories) {
    const points = await job.store.runs.history(context, runId, key, { limit: Infinity });
    if (digestOfHistory(points) === digest) continue;
    job.problems.push(
      `run ${runId}: the history of '${key}' has ${String(points.length)} points, and at the source ${String(count)}, or others`,
    );
  }
  await verifyArtifacts(context, job, there.info.artifactUri, expected.checksums);
}
