import { groupBy } from '../group-by.ts';
import type { Int64 } from '../entities/int64.ts';
import { compareHistory } from '../entities/metric.ts';
import type { MetricPoint } from '../entities/metric.ts';
import { StoreCorrupt } from './contract/index.ts';

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

/** @throws StoreCorrupt where these are no points */
export function requirePoints(key: string, { length }: Buffer): void {
  if (length === 0 || length % pointSize !== 0) {
    throw new StoreCorrupt(`A block of metric '${key}' has ${String(length)} bytes.`);
  }
}

export function decodePoints(key: string, block: Buffer): MetricPoint[] {
  requirePoints(key, block);
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

/** The points of each metric, in the order in which they came. */
export const groupedByKey = (points: readonly MetricPoint[]): Map<string, MetricPoint[]> =>
  groupBy(points, ({ key }) => key);

/** Sorts in place, and leaves out what comes twice. */
export function sortedOnce(points: MetricPoint[]): MetricPoint[] {
  points.sort(compareHistory);
  return points.filter((point, i) => i === 0 || compareHistory(points[i - 1] as MetricPoint, point) !== 0);
}
