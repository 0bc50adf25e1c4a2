import type { Experiment } from '../../entities/experiment.ts';
import type { Int64 } from '../../entities/int64.ts';
import type { LifecycleStage } from '../../entities/lifecycle.ts';
import type { RunInfo, RunStatus } from '../../entities/run.ts';
import { fieldsOf, int64, number, orNull, stage, text, texts } from './fields.ts';

/**
 * Records are arrays in a fixed order (MessagePack by lmdb's default): a third of the bytes of objects with keys, and
 * a field added at the end reads as undefined in what an older version wrote.
 */
type LifecycleRecord = [stage: LifecycleStage, epoch: number, changedAt: number];

type ExperimentRecord = [
  name: string,
  artifactLocation: string,
  ...lifecycle: LifecycleRecord,
  creationTime: number,
  lastUpdateTime: number,
  tags: [string, string][],
];

export function encodeExperiment(experiment: Experiment): ExperimentRecord {
  const { name, artifactLocation, lifecycle, creationTime, lastUpdateTime, tags } = experiment;
  const { stage, epoch, changedAt } = lifecycle;
  return [name, artifactLocation, stage, epoch, changedAt, creationTime, lastUpdateTime, [...tags]];
}

const lifecycle = { stage, epoch: number, changedAt: number };

const experimentFields = fieldsOf<ExperimentRecord>('an experiment', {
  ...{ name: text, artifactLocation: text, ...lifecycle },
  ...{ creationTime: number, lastUpdateTime: number, tags: texts },
});

/** @throws StoreCorrupt */
export function decodeExperiment(experimentId: string, record: unknown): Experiment {
  const [name, artifactLocation, stage, epoch, changedAt, creationTime, lastUpdateTime, tags] =
    experimentFields(record);
  const lifecycle = { stage, epoch, changedAt };
  return { experimentId, name, artifactLocation, lifecycle, creationTime, lastUpdateTime, tags: new Map(tags) };
}

type RunRecord = [
  startTime: Int64,
  runName: string,
  userId: string,
  status: RunStatus,
  endTime: Int64 | null,
  artifactUri: string,
  ...lifecycle: LifecycleRecord,
];

export function encodeRun(info: RunInfo): RunRecord {
  const { startTime, runName, userId, status, endTime, artifactUri, lifecycle } = info;
  const { stage, epoch, changedAt } = lifecycle;
  return [startTime, runName, userId, status, endTime ?? null, artifactUri, stage, epoch, changedAt];
}

const runFields = fieldsOf<RunRecord>('a run', {
  ...{ startTime: int64, runName: text, userId: text, status: text, endTime: orNull(int64), artifactUri: text },
  ...lifecycle,
});

/** @throws StoreCorrupt */
export function decodeRun(runId: string, experimentId: string, record: unknown): RunInfo {
  const [startTime, runName, userId, status, endTime, artifactUri, stage, epoch, changedAt] = runFields(record);
  return {
    runId,
    experimentId,
    runName,
    userId,
    status,
    startTime,
    endTime: endTime ?? undefined,
    artifactUri,
    lifecycle: { stage, epoch, changedAt },
  };
}
