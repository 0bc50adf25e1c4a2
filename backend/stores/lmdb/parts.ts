import type { MetricPoint } from '../../entities/metric.ts';
import { inKeyOrder } from '../../entities/order.ts';
import type { RunParts } from '../contract/index.ts';
import { decodePoint } from '../points.ts';
import { cellKey, cellName, cellsOf, isPlainKey } from './keys.ts';
import type { Table } from './table.ts';

/** A row's params or tags, those that are wanted. */
export function readTexts(cells: Table<string>, row: Buffer, wanted: RunParts['params']): ReadonlyMap<string, string> {
  return read(cells, row, wanted, (_key, value) => value);
}

/** A row's latest metrics, those that are wanted. */
export function readMetrics(
  cells: Table<Buffer>,
  row: Buffer,
  wanted: RunParts['metrics'],
): ReadonlyMap<string, MetricPoint> {
  return read(cells, row, wanted, (key, value) => decodePoint(key, value, 0));
}

function read<Stored, Value>(
  cells: Table<Stored>,
  row: Buffer,
  wanted: 'all' | readonly string[] | undefined,
  decode: (key: string, value: Stored) => Value,
): ReadonlyMap<string, Value> {
  if (wanted === undefined || wanted.length === 0) return new Map();
  const found = new Map<string, Value>();
  if (wanted === 'all') {
    cells.each(cellsOf(row), (key, value) => {
      const name = cellName(key, row);
      found.set(name, decode(name, value));
    });
    return found;
  }
  for (const name of wanted) {
    const value = isPlainKey(name) ? cells.get(cellKey(row, name), (stored) => decode(name, stored)) : undefined;
    if (value !== undefined) found.set(name, value);
  }
  return wanted.length > 1 ? inKeyOrder(found) : found;
}
