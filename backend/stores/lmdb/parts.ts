import type { Database } from 'lmdb';
import type { MetricPoint } from '../../entities/metric.ts';
import { inKeyOrder } from '../../entities/order.ts';
import type { RunParts } from '../contract/index.ts';
import { decodePoint } from '../points.ts';
import { cellKey, cellName, cellsOf, isPlainKey } from './keys.ts';

/** A row's params or tags, those that are wanted. */
export function readTexts(
  cells: Database<string, Buffer>,
  row: Buffer,
  wanted: RunParts['params'],
): ReadonlyMap<string, string> {
  return read(cells, row, wanted, (_key, value) => value);
}

/** A row's latest metrics, those that are wanted. */
export function readMetrics(
  cells: Database<Buffer, Buffer>,
  row: Buffer,
  wanted: RunParts['metrics'],
): ReadonlyMap<string, MetricPoint> {
  return read(cells, row, wanted, (key, value) => decodePoint(key, value, 0));
}

function read<Stored, Value>(
  cells: Database<Stored, Buffer>,
  row: Buffer,
  wanted: 'all' | readonly string[] | undefined,
  decode: (key: string, value: Stored) => Value,
): ReadonlyMap<string, Value> {
  if (wanted === undefined || wanted.length === 0) return new Map();
  const found = new Map<string, Value>();
  if (wanted === 'all') {
    for (const { key, value } of cells.getRange(cellsOf(row))) {
      const name = cellName(key, row);
      found.set(name, decode(name, value));
    }
    return found;
  }
  for (const name of wanted) {
    const value = isPlainKey(name) ? cells.get(cellKey(row, name)) : undefined;
    if (value !== undefined) found.set(name, decode(name, value));
  }
  return wanted.length > 1 ? inKeyOrder(found) : found;
}
