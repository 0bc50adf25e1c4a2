import type { Experiment } from '../../entities/experiment.ts';
import type { Int64 } from '../../entities/int64.ts';
import type { LifecycleStage } from '../../entities/lifecycle.ts';
import type { MetricPoint } from '../../entities/metric.ts';
import type { RunInfo, RunStatus } from '../../entities/run.ts';
import { StoreCorrupt } from '../contract/index.ts';

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

export function decodeExperiment(experimentId: string, record: unknown): Experiment {
  if (!Array.isArray(record)) throw new StoreCorrupt(`Experiment ${experimentId} is no record.`);
  const [name, artifactLocation, stage, epoch, changedAt, creationTime, lastUpdateTime, tags] =
    record as ExperimentRecord;
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

export function decodeRun(runId: string, experimentId: string, record: unknown): RunInfo {
  if (!Array.isArray(record)) throw new StoreCorrupt(`Run ${runId} is no record.`);
  const [startTime, runName, userId, status, endTime, artifactUri, stage, epoch, changedAt] = record as RunRecord;
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

/** Bytes of one point: timestamp, step (int64) and value (double), little endian. */
export const pointSize = 24;

/** A block of points, one behind the other. */
export function encodePoints(points: readonly MetricPoint[]): Buffer {
  const block = Buffer.allocUnsafe(points.length * pointSize);
  let offset = 0;
  for (const { timestamp, step, value } of points) {
    writeInt64(block, timestamp, offset);
    writeInt64(block, step, offset + 8);
    block.writeDoubleLE(value, offset + 16);
    offset += pointSize;
  }
  return block;
}

export function decodePoint(key: string, block: Buffer, offset: number): MetricPoint {
  return {
    key,
    value: block.readDoubleLE(offset + 16),
    timestamp: readInt64(block, offset),
    step: readInt64(block, offset + 8),
  };
}

export function decodePoints(key: string, block: Buffer): MetricPoint[] {
  if (block.length % pointSize !== 0) throw new StoreCorrupt(`A block of metric '${key}' has ${block.length} bytes.`);
  const points: MetricPoint[] = [];
  for (let offset = 0; offset < block.length; offset += pointSize) points.push(decodePoint(key, block, offset));
  return points;
}

const wordSize = 2 ** 32;

function writeInt64(target: Buffer, value: Int64, offset: number): void {
  if (typeof value === 'bigint') {
    target.writeBigInt64LE(value, offset);
  } else {
    target.writeInt32LE(Math.floor(value / wordSize), offset + 4);
    target.writeUInt32LE(value - Math.floor(value / wordSize) * wordSize, offset);
  }
}

function readInt64(source: Buffer, offset: number): Int64 {
  const value = source.readInt32LE(offset + 4) * wordSize + source.readUInt32LE(offset);
  return Number.isSafeInteger(value) ? value : source.readBigInt64LE(offset);
}
