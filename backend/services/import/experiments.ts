import type { CallContext } from '../../call-context.ts';
import { defaultExperimentId, defaultExperimentName } from '../../entities/experiment.ts';
import type { Experiment } from '../../entities/experiment.ts';
import type { LifecycleStage } from '../../entities/lifecycle.ts';
import type { ImportedEntity } from '../../stores/contract/index.ts';
import { notBefore } from '../../entities/time.ts';
import { proxiedRoot } from '../../artifacts/uri.ts';
import { digestOf } from './canonical.ts';
import type { Home } from './home.ts';
import type { Job } from './job.ts';
import { importOnce } from './records.ts';
import type { SourceExperiment } from './source.ts';

/** Ids beyond this one are no counted numbers, and HBase fills the gaps between them. */
const largestId = 1_000_000;

export const experimentEntity = ({ experimentId, creationTime }: SourceExperiment): ImportedEntity => [
  'experiment',
  experimentId,
  creationTime,
];

/** Why an experiment that was not begun cannot come: its id or its name is another's. */
export async function reasonAgainstExperiment(
  context: CallContext,
  { store }: Job,
  { experimentId, name }: SourceExperiment,
): Promise<string | undefined> {
  const what = `experiment ${experimentId} ('${name}')`;
  if (!/^\d+$/.test(experimentId) || Number(experimentId) > largestId) {
    return `${what}: its id is no number up to ${String(largestId)}`;
  }
  const there = await store.experiments.get(context, experimentId);
  const named = await store.experiments.getByName(context, name);
  if (named !== undefined && named.experimentId !== experimentId) {
    return `experiment ${experimentId}: its name '${name}' is that of experiment ${named.experimentId} here`;
  }
  return there === undefined || experimentId === defaultExperimentId
    ? undefined
    : `${what}: here that is '${there.name}', which was not imported`;
}

/** Imports an experiment. Those of lower ids come first. @returns where its runs and logged models go */
export async function copyExperiment(context: CallContext, job: Job, source: SourceExperiment): Promise<Home> {
  const { experimentId, creationTime } = source;
  const { experiments } = job.store;
  const isDefault = experimentId === defaultExperimentId;
  const isComplete = await importOnce(context, job, experimentEntity(source), partsOf(source, source.stage), {
    async find(isBegun) {
      const there = await experiments.get(context, experimentId);
      if (isBegun && !isDefault && there?.creationTime === creationTime) return 'begun';
      const taken = await reasonAgainstExperiment(context, job, source);
      return taken === undefined ? 'nothing' : { taken };
    },
    make: () => (isDefault ? takeOver(context, job, source) : create(context, job, source)),
  });
  if (isComplete) job.progress.experiments++;
  job.tell();
  const leftOut = { runs: 0, loggedModels: 0 };
  const experiment = isComplete ? await experiments.get(context, experimentId) : undefined;
  const isDeletedHere = experiment?.lifecycle.stage === 'deleted' && source.stage === 'active';
  if (experiment && !isDeletedHere) return { experimentId, experiment, leftOut };
  const closed = !isComplete ? 'was not imported' : experiment ? 'is deleted here' : 'was removed here';
  return { experimentId, closed, leftOut };
}

async function create(context: CallContext, { store }: Job, source: SourceExperiment): Promise<readonly string[]> {
  const { experimentId, name } = source;
  const created = await store.experiments.createAs(context, experimentOf(source));
  if (created !== 'created') {
    return [`experiment ${experimentId} ('${name}') cannot be made: ${created}. Its id may be one that was removed.`];
  }
  const there = await store.experiments.get(context, experimentId);
  const same = there && digestOf(partsOf(there, there.lifecycle.stage)) === digestOf(partsOf(source, source.stage));
  return same ? [] : [`experiment ${experimentId} ('${name}') differs from the source`];
}

/**
 * Experiment 0 is there on both sides: ours stays, and takes the other's name over where nobody has given it one, tags that
 * it has not, and the stage.
 */
async function takeOver(
  context: CallContext,
  { store, now, notices }: Job,
  source: SourceExperiment,
): Promise<readonly string[]> {
  const updated = await store.experiments.update(context, defaultExperimentId, (current) => ({
    ...(current.name === defaultExperimentName && source.name !== current.name && { name: source.name }),
    setTags: new Map([...source.tags].filter(([key]) => !current.tags.has(key))),
    lastUpdateTime: notBefore(current.lastUpdateTime, source.lastUpdateTime),
    ...(source.stage !== current.lifecycle.stage && {
      lifecycle: { stage: source.stage, epoch: current.lifecycle.epoch + 1, changedAt: now },
    }),
  }));
  if (updated === undefined || updated === 'name taken') {
    return [`experiment 0: its name '${source.name}' is that of another experiment here`];
  }
  const keeps = [...source.tags].some(([key, value]) => updated.tags.get(key) !== value);
  if (keeps || updated.name !== source.name) {
    notices.add('experiment 0 keeps the name and the tags that it was given here');
  }
  return [];
}

/** What the source and Kirka say alike of an experiment. */
const partsOf = ({ name, creationTime, tags }: SourceExperiment | Experiment, stage: LifecycleStage) =>
  [name, creationTime, tags, stage] as const;

function experimentOf(source: SourceExperiment): Experiment {
  const { experimentId, name, stage, creationTime, lastUpdateTime, tags } = source;
  const isProxied = proxiedRoot(source.artifactLocation) !== undefined;
  return {
    experimentId,
    name,
    artifactLocation: isProxied ? `mlflow-artifacts:/${experimentId}` : source.artifactLocation,
    // A deletion counts as one change, so that restoring it restores its runs.
    lifecycle: { stage, epoch: stage === 'deleted' ? 1 : 0, changedAt: lastUpdateTime },
    creationTime,
    lastUpdateTime,
    tags,
  };
}
