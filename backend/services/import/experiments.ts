import type { CallContext } from '../../call-context.ts';
import { defaultExperimentId } from '../../entities/experiment.ts';
import type { Experiment } from '../../entities/experiment.ts';
import { notBefore } from '../../entities/time.ts';
import { proxiedRoot } from '../../artifacts/uri.ts';
import { digestOf } from './canonical.ts';
import { ImportRefused } from './job.ts';
import type { Job } from './job.ts';
import type { SourceExperiment } from './source.ts';

/** Ids beyond this one are no counted numbers, and HBase fills the gaps between them. */
const largestId = 1_000_000;

/**
 * Why experiments cannot come, a line each: no id and no name may be another's. One of the same id, name and time of
 * creation is what an earlier call has made.
 */
export async function reasonsAgainstExperiments(
  context: CallContext,
  { store }: Job,
  wanted: readonly SourceExperiment[],
): Promise<readonly string[]> {
  const reasons: string[] = [];
  for (const { experimentId, name, creationTime } of wanted) {
    if (!/^\d+$/.test(experimentId) || Number(experimentId) > largestId) {
      reasons.push(`experiment ${experimentId} ('${name}'): its id is no number up to ${String(largestId)}`);
      continue;
    }
    const there = await store.experiments.get(context, experimentId);
    const named = await store.experiments.getByName(context, name);
    if (named !== undefined && named.experimentId !== experimentId) {
      reasons.push(`experiment ${experimentId}: its name '${name}' is that of experiment ${named.experimentId} here`);
    } else if (there !== undefined && experimentId !== defaultExperimentId && there.creationTime !== creationTime) {
      reasons.push(`experiment ${experimentId} ('${name}'): here that is '${there.name}', which was not imported`);
    }
  }
  return reasons;
}

/** Creates experiments that are not there, lowest id first. @returns all of them as they are here */
export async function copyExperiments(
  context: CallContext,
  job: Job,
  wanted: readonly SourceExperiment[],
): Promise<readonly Experiment[]> {
  const copied: Experiment[] = [];
  for (const source of [...wanted].sort((a, b) => Number(a.experimentId) - Number(b.experimentId))) {
    const there = await job.store.experiments.get(context, source.experimentId);
    if (there === undefined) {
      const experiment = experimentOf(source);
      const created = await job.store.experiments.createAs(context, experiment);
      if (created !== 'created') {
        throw new ImportRefused(
          `experiment ${source.experimentId} ('${source.name}') cannot be made: ${created}. Its id may be one that was removed.`,
        );
      }
      copied.push(experiment);
    } else {
      copied.push(source.experimentId === defaultExperimentId ? await takeOver(context, job, source, there) : there);
    }
    job.progress.experiments++;
    job.tell();
  }
  return copied;
}

/** Experiment 0 is there on both sides: ours stays, and takes the other's name, tags and stage over. */
async function takeOver(
  context: CallContext,
  { store, now }: Job,
  source: SourceExperiment,
  there: Experiment,
): Promise<Experiment> {
  const updated = await store.experiments.update(context, defaultExperimentId, ({ lifecycle, creationTime }) => ({
    ...(source.name !== there.name && { name: source.name }),
    setTags: source.tags,
    lastUpdateTime: notBefore(creationTime, source.lastUpdateTime),
    ...(source.stage !== lifecycle.stage && {
      lifecycle: { stage: source.stage, epoch: lifecycle.epoch + 1, changedAt: now },
    }),
  }));
  return updated === undefined || updated === 'name taken' ? there : updated;
}

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

export async function verifyExperiments(
  context: CallContext,
  { store, problems }: Job,
  wanted: readonly SourceExperiment[],
): Promise<void> {
  for (const source of wanted) {
    const there = await store.experiments.get(context, source.experimentId);
    const isDefault = source.experimentId === defaultExperimentId;
    const own = there && isDefault ? new Map([...there.tags].filter(([key]) => source.tags.has(key))) : there?.tags;
    const same =
      there !== undefined &&
      digestOf([there.name, there.lifecycle.stage, own, isDefault ? 0 : there.creationTime]) ===
        digestOf([source.name, source.stage, source.tags, isDefault ? 0 : source.creationTime]);
    if (!same) problems.push(`experiment ${source.experimentId} ('${source.name}') differs from the source`);
  }
}
