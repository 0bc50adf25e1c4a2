import { setTimeout } from 'node:timers/promises';
import { throwIfEnded } from '../../call-context.ts';
import type { CallContext } from '../../call-context.ts';
import { StoreCorrupt, StoreUnavailable } from '../contract/index.ts';
import { behind, groupEnd } from './keys.ts';
import type { Column, HBaseRest, Row } from './rest/contract.ts';

/** The column of a sentinel, which every scan asks for. A run's attributes are in the same, so it costs nothing there. */
export const sentinelColumn: Column = 'd:i';

const sentinelCells = new Map([[sentinelColumn, Buffer.from('end')]]);

/** Writes the row that ends a group. It is the same whoever writes it, and is never removed. */
export async function putSentinel(rest: HBaseRest, table: string, group: string): Promise<void> {
  await rest.put(table, groupEnd(group), sentinelCells);
}

export interface GroupScan {
  /** As in `Selection`; a filter could hide the end. */
  readonly columns?: readonly Column[] | undefined;
  /** What the keys of the group begin with. */
  readonly group: string;
  /** The first key, if it is not the group's first. */
  readonly start?: string;
  /** About how many rows the caller expects to take. */
  readonly expect: number;
}

const mostRows = 1000;
const attemptsWithoutProgress = 5;

/**
 * The rows of a group in key order, in pages of which none is empty. HBase REST may end a scan early and call that a
 * success, so a scan is over only when it has met the row that stands behind the group, its sentinel. Until then it is
 * asked to go on, and if it does not, fails. A group without a sentinel has never had a row: whoever adds the first one
 * writes the sentinel before.
 *
 * It begins with as many rows as the caller expects, and asks for more at a time the longer the caller goes on.
 * @throws StoreUnavailable where the end cannot be reached
 */
export async function* completeScan(
  context: CallContext,
  rest: HBaseRest,
  table: string,
  { group, start = group, expect, columns }: GroupScan,
): AsyncGenerator<readonly Row[]> {
  const sentinel = groupEnd(group);
  const selection = columns === undefined ? {} : { columns: withSentinel(columns) };
  let from = start;
  let size = Math.max(1, Math.min(mostRows, expect));
  for (let fruitless = 0; ;) {
    throwIfEnded(context);
    const range = { ...selection, start: from, end: behind(sentinel), expect: size };
    let progress = false;
    for await (const page of rest.scan(context, table, range)) {
      const rows = page.filter(({ key }) => key >= from && key < sentinel);
      const isEnd = page.some(({ key }) => key === sentinel);
      const last = rows.at(-1);
      if (last) {
        progress = true;
        from = behind(last.key);
        yield rows;
      }
      if (isEnd) return;
      if (last && size < mostRows) {
        size = Math.min(mostRows, size * 4);
        break;
      }
    }
    if (progress) {
      fruitless = 0;
      continue;
    }
    if ((await rest.get(context, table, sentinel)) === undefined) {
      if (from === start && fruitless === 0) return;
      throw new StoreCorrupt(`The rows ${group} of ${table} have no end.`);
    }
    if (++fruitless === attemptsWithoutProgress) {
      throw new StoreUnavailable(`A scan of ${table} ended before its end, again and again.`);
    }
    // At once the first time: the group's first row may just have been written.
    if (fruitless > 1) await setTimeout(Math.random() * 100 * fruitless);
  }
}

const withSentinel = (columns: readonly Column[]): readonly Column[] =>
  columns.includes('d:') || columns.includes(sentinelColumn) ? columns : [sentinelColumn, ...columns];
