import type { CallContext } from '../../call-context.ts';
import type { MetricPoint } from '../../entities/metric.ts';
import { compareHistory } from '../../entities/metric.ts';
import type { HistoryPage } from '../contract/index.ts';
import {
  decodePoint,
  decodePoints,
  encodePoints,
  groupedByKey,
  pointSize,
  requirePoints,
  sortedOnce,
} from '../points.ts';
import type { Environment } from './environment.ts';
import { giveWay } from './give-way.ts';
import { blockKey, blockNumber, blocksOf } from './keys.ts';
import type { KeyRange } from './keys.ts';
import { pagesOf } from './pages.ts';
import type { Entry } from './table.ts';

/**
 * A history is blocks of points, each sorted and without repeats. Points that come singly are merged into the last
 * block until it holds this many: rewriting it costs no more than the page that a commit writes anyway. A larger batch
 * is a block of its own.
 */
const mergeLimit = 256;

/** Adds points, of any number of metrics, to the histories of a row. Runs inside a write. */
export function appendPoints(env: Environment, row: Buffer, points: readonly MetricPoint[]): void {
  for (const [key, added] of groupedByKey(points)) {
    const [last] = env.points.entries({ ...reversed(blocksOf(row, key)), limit: 1 }, (entry) => entry);
    const merges = last !== undefined && last.value.length / pointSize + added.length <= mergeLimit;
    const merged = merges ? [...decodePoints(key, last.value), ...added] : added;
    const block = last === undefined ? 0 : blockNumber(last.key) + (merges ? 0 : 1);
    env.points.put(blockKey(row, key, block), encodePoints(sortedOnce([...merged])));
  }
}

/** lmdb wants a reverse range from its upper end down; no key equals either end. */
const reversed = ({ start, end }: KeyRange): KeyRange & { reverse: true } => ({
  start: end,
  end: start,
  reverse: true,
});

interface Block {
  readonly first: MetricPoint;
  readonly bytes: Buffer;
}

/** How many blocks are read, or decoded, before others get their turn: 16,000 points where they were logged singly. */
const blocksAtOnce = 64;

/**
 * One page of a metric's history. Blocks usually follow each other in time, so what lies wholly before the page is not
 * decoded, and reading ends with the block that fills the page unless later ones reach back into it.
 */
export async function readHistory(
  context: CallContext,
  env: Environment,
  row: Buffer,
  key: string,
  { after, limit }: HistoryPage,
): Promise<MetricPoint[]> {
  const isBehind = (point: MetricPoint): boolean => after === undefined || compareHistory(point, after) > 0;
  const blocks: Block[] = [];
  const decode = ({ value: bytes }: Entry<Buffer>): readonly Block[] => {
    requirePoints(key, bytes);
    if (!isBehind(decodePoint(key, bytes, bytes.length - pointSize))) return [];
    return [{ first: decodePoint(key, bytes, 0), bytes }];
  };
  for await (const page of pagesOf(context, env.points, decode, blocksAtOnce, blocksOf(row, key))) {
    blocks.push(...page.flat());
  }
  blocks.sort((a, b) => compareHistory(a.first, b.first));

  let points: MetricPoint[] = [];
  for (const [index, { first, bytes }] of blocks.entries()) {
    if (index > 0 && index % blocksAtOnce === 0) await giveWay(context);
    const last = points.at(Math.min(limit, points.length) - 1);
    if (last && points.length >= limit && compareHistory(first, last) > 0) break;
    const follows = points.length === 0 || compareHistory(first, points[points.length - 1] as MetricPoint) > 0;
    for (const point of decodePoints(key, bytes)) if (isBehind(point)) points.push(point);
    if (!follows) points = sortedOnce(points);
  }
  return points.length > limit ? points.slice(0, limit) : points;
}
