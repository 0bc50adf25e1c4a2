import { createHash } from 'node:crypto';
import { throwIfEnded } from '../../call-context.ts';
import type { CallContext } from '../../call-context.ts';
import type { Int64 } from '../../entities/int64.ts';
import { compareHistory } from '../../entities/metric.ts';
import type { MetricPoint } from '../../entities/metric.ts';
import type { HistoryPage } from '../contract/index.ts';
import { StoreUnavailable } from '../contract/index.ts';
import { decodePoints, encodePoints, groupedByKey, sortedOnce } from '../points.ts';
import type { Column, HBaseRest } from './rest/contract.ts';
import { versionColumn } from './versioned-row.ts';

/**
 * A history is cells of the run's row, each a block of points: those of one write that lie in one window of time, about
 * four minutes. Blocks lie in the order of their windows, and within one in the order in which they were written. So a
 * page begins at its window and ends with one, wherever the blocks overlap, and a write puts its points without looking
 * at what is there.
 */
const windowBits = 18n;

const family = 'h:';

/** Ends a metric's name in a block's column, and is in no name. */
const nameEnd = '!';
const behindNameEnd = '"';

/** The cells of points of any number of metrics. @param write the number of this write of the row */
export function blockCells(points: readonly MetricPoint[], write: number): Map<Column, Buffer> {
  const cells = new Map<Column, Buffer>();
  for (const [key, group] of groupedByKey(points)) {
    const windows = new Map<string, MetricPoint[]>();
    for (const point of group) {
      const window = windowOf(point.timestamp);
      const block = windows.get(window);
      if (block) block.push(point);
      else windows.set(window, [point]);
    }
    for (const [window, block] of windows) {
      const number = write.toString(16).padStart(8, '0');
      cells.set(`${family}${nameOf(key)}${nameEnd}${window}.${number}`, encodePoints(sortedOnce(block)));
    }
  }
  return cells;
}

/** 12 hex digits; timestamps are not negative. */
const windowOf = (timestamp: Int64): string => (BigInt(timestamp) >> windowBits).toString(16).padStart(12, '0');

/** Longer or stranger names, which would need quotes and pass the length of a URL, stand there as their SHA-256. */
function nameOf(key: string): string {
  return /^[\w./-]{1,100}$/.test(key) ? key : `~${createHash('sha256').update(key).digest('hex')}`;
}

const [fewestBlocks, mostBlocks] = [16, 1000];

/**
 * One page of a metric's history. Every read of blocks brings the row's version, too: an answer without it is none.
 * @throws StoreUnavailable where the row is there and such an answer comes
 */
export async function readHistory(
  context: CallContext,
  rest: HBaseRest,
  table: string,
  row: string,
  key: string,
  { after, limit }: HistoryPage,
): Promise<readonly MetricPoint[]> {
  const isBehind = (point: MetricPoint): boolean => after === undefined || compareHistory(point, after) > 0;
  const name = nameOf(key) + nameEnd;
  const end = nameOf(key) + behindNameEnd;
  let start = after ? name + windowOf(after.timestamp) : name;
  let isInclusive = true;
  let blocks = fewestBlocks;
  let points: MetricPoint[] = [];
  for (;;) {
    throwIfEnded(context);
    const cells = await readBlocks(context, rest, table, row, { start, isInclusive, end, count: blocks });
    if (cells === undefined) {
      // The filter lets the version through, so only a row that is not there brings nothing; a read with a filter is a
      // scan to HBase REST, which may end early.
      if ((await rest.get(context, table, row, { columns: [versionColumn] })) === undefined) return [];
      throw new StoreUnavailable('A part of a metric history did not arrive.');
    }
    for (const block of cells.values()) points.push(...decodePoints(key, block).filter(isBehind));
    points = sortedOnce(points);
    const last = [...cells.keys()].sort().at(-1);
    const isFull = points.length >= limit && last !== undefined && isBeforeWindow(points[limit - 1], last, name);
    if (cells.size < blocks || last === undefined || isFull) break;
    [start, isInclusive] = [last, false];
    // As many as the rest of the page takes, if they are like those before.
    blocks = Math.max(fewestBlocks, Math.min(mostBlocks, Math.ceil((limit - points.length) / 4), blocks * 4));
  }
  return points.length > limit ? points.slice(0, limit) : points;
}

/** Whether a point lies before the window of a block: no block behind that one reaches back to it. */
function isBeforeWindow(point: MetricPoint | undefined, block: string, name: string): boolean {
  return point !== undefined && windowOf(point.timestamp) < block.slice(name.length, name.length + 12);
}

interface Blocks {
  readonly start: string;
  readonly isInclusive: boolean;
  readonly end: string;
  readonly count: number;
}

/** Some blocks, by qualifier, from `start` up to, but not with, `end`; undefined where the answer is none. */
async function readBlocks(
  context: CallContext,
  rest: HBaseRest,
  table: string,
  row: string,
  { start, isInclusive, end, count }: Blocks,
): Promise<ReadonlyMap<string, Buffer> | undefined> {
  const range = `ColumnRangeFilter('${start}',${String(isInclusive)},'${end}',false)`;
  const filter = `(${range} AND ColumnPaginationFilter(${String(count)},0)) OR QualifierFilter(=,'binary:v')`;
  const found = await rest.get(context, table, row, { columns: [versionColumn, family], filter });
  if (!found?.cells.has(versionColumn)) return undefined;
  const blocks = new Map<string, Buffer>();
  for (const [column, value] of found.cells) {
    if (column.startsWith(family)) blocks.set(column.slice(family.length), value);
  }
  return blocks;
}
