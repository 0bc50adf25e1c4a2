import type { CallContext } from '../../../call-context.ts';
import { StoreCorrupt } from '../../contract/index.ts';
import { decodeCellSet } from './cell-set.ts';
import { cellsOf, fitsPath, pathLimit, wantedOf } from './columns.ts';
import type { Column, Row } from './contract.ts';
import { checkKey } from './names.ts';
import type { Counter } from './scan-stateless.ts';
import type { Transport } from './transport.ts';
import { protobuf } from './transport.ts';

/** The server takes its own word out of this request's column list. */
const speakable = (column: string): boolean => fitsPath(column) && !column.includes('multiget');

/**
 * `GET /table/multiget/columns?row=&row=`, as many requests as the keys need. npm `hbase` has no such call. Rows that are
 * not in the answer are not proven absent.
 */
export async function multiGet(
  { signal }: CallContext,
  transport: Transport,
  table: string,
  keys: readonly string[],
  columns: readonly Column[] | undefined,
  count: Counter,
): Promise<Map<string, Row>> {
  const { asked, wants } = wantedOf(columns, speakable);
  const list = asked === undefined ? '' : `/${asked.map(encodeURIComponent).join(',')}`;
  const path = `/${encodeURIComponent(table)}/multiget${list}?`;
  const pages = await Promise.all(
    chunks(keys, 2 * pathLimit - 1500 - path.length).map(async (rows) => {
      const { status, body } = await transport.call({
        table,
        method: 'GET',
        path: path + rows.join('&'),
        type: protobuf,
        repeatable: true,
        expects: [200, 404],
        signal,
      });
      return status === 200 ? decodeCellSet(body) : [];
    }),
  );
  const wanted = new Set(keys);
  const found = new Map<string, Row>();
  for (const { key, Cell } of pages.flat()) {
    const name = key.toString('utf8');
    if (!wanted.has(name)) throw new StoreCorrupt(`HBase REST answered for ${name}, which was not asked for.`);
    count(Cell.length);
    found.set(name, { key: name, cells: cellsOf(Cell, wants) });
  }
  return found;
}

function chunks(keys: readonly string[], limit: number): string[][] {
  const all: string[][] = [];
  let length = limit;
  for (const key of keys) {
    checkKey(key);
    const row = `row=${encodeURIComponent(key)}`;
    length += row.length + 1;
    if (length > limit) {
      all.push([]);
      length = row.length + 1;
    }
    all.at(-1)?.push(row);
  }
  return all;
}
