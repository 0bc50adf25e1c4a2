import type { CallContext } from '../../../call-context.ts';
import { StoreCorrupt } from '../../contract/index.ts';
import { rowsOf, wantedOf } from './columns.ts';
import type { Row, RowRange } from './contract.ts';
import type { WireCell } from './cell-set.ts';
import type { Transport } from './transport.ts';
import { json } from './transport.ts';

/** Rows of one request: more made scans no faster. */
const largestPage = 1000;

/** Told of the cells that an answer brought. */
export type Counter = (cells: number) => void;

/**
 * Reads a range by requests that know nothing of each other, so any server takes any of them:
 * `GET /table/*?startrow=&endrow=&limit=`. Only in JSON: its protobuf has a length of two bytes that wraps.
 * It is at its end where a page has fewer rows than it might.
 */
export async function* scanStateless(
  { signal }: CallContext,
  transport: Transport,
  table: string,
  { start, end, columns, filter, expect = largestPage }: RowRange,
  count: Counter,
): AsyncGenerator<readonly Row[]> {
  const { asked, wants } = wantedOf(columns);
  const fixed = [['endrow', end], ...(asked ?? []).map((column) => ['column', column])];
  if (filter !== undefined) fixed.push(['filter', filter]);
  let from = start;
  for (let limit = pageOf(expect); ; limit = largestPage) {
    const query = [['startrow', from], ['limit', String(limit)], ...fixed];
    const { body } = await transport.call({
      table,
      method: 'GET',
      path: `/${encodeURIComponent(table)}/*?${query.map((pair) => pair.map(encodeURIComponent).join('=')).join('&')}`,
      type: json,
      repeatable: true,
      expects: [200],
      signal,
    });
    const rows = decodeRows(body);
    count(rows.reduce((sum, { cells }) => sum + cells.length, 0));
    const wanted = rowsOf(rows, wants);
    if (wanted.length > 0) yield wanted;
    const last = rows.at(-1);
    if (last === undefined || rows.length < limit) return;
    from = `${last.key}\0`;
  }
}

/** `{"Row":[{"key":"<base64>","Cell":[{"column":"<base64>","timestamp":1,"$":"<base64>"}]}]}` */
function decodeRows(body: Buffer): readonly { readonly key: string; readonly cells: readonly WireCell[] }[] {
  try {
    const { Row } = JSON.parse(body.toString('utf8')) as {
      Row: { key: string; Cell: { column: string; $?: string }[] }[];
    };
    return Row.map(({ key, Cell }) => ({
      key: Buffer.from(key, 'base64').toString('utf8'),
      cells: Cell.map((cell) => ({
        column: Buffer.from(cell.column, 'base64'),
        $: Buffer.from(cell.$ ?? '', 'base64'),
      })),
    }));
  } catch (error) {
    throw new StoreCorrupt('HBase REST answered a scan with what are no rows.', { cause: error });
  }
}

function pageOf(expect: number): number {
  return Math.min(Math.max(1, Math.ceil(expect)), largestPage);
}
