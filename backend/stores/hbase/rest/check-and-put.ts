import { encodeCellSet } from './cell-set.ts';
import type { Column, HBaseRest } from './contract.ts';
import { exceptionOf, failureOf } from './failures.ts';
import { checkKey, writableCells } from './names.ts';
import type { Transport } from './transport.ts';
import { protobuf } from './transport.ts';

type Check = Parameters<HBaseRest['checkAndPut']>[3];

/** Exceptions before which HBase has certainly written nothing. */
const refused = /^(TableNotFound|TableNotEnabled|NoSuchColumnFamily|AccessDenied)Exception$/;

/**
 * `PUT /table/key?check=put`: the cells, and behind them the checked column with the value that it must have, empty where
 * it must not be there. 200 says written, 304 not. npm `hbase` has no such call.
 */
export async function checkAndPut(
  transport: Transport,
  table: string,
  key: string,
  cells: ReadonlyMap<Column, Buffer>,
  { column, expected }: Check,
): Promise<boolean | 'unknown'> {
  checkKey(key);
  const written = writableCells(cells);
  // HBase REST refuses a check of a column that is not written, and takes an empty value for an absent one.
  if (!cells.has(column)) throw new TypeError(`The checked column ${column} is not among those written.`);
  if (expected?.length === 0) throw new TypeError(`${column} is checked for an empty value, which cannot be stored.`);
  const check = { column: Buffer.from(column, 'utf8'), $: expected ?? Buffer.alloc(0) };
  const answer = await transport.once({
    table,
    method: 'PUT',
    path: `/${encodeURIComponent(table)}/${encodeURIComponent(key)}?check=put`,
    type: protobuf,
    body: encodeCellSet([{ key: Buffer.from(key, 'utf8'), Cell: [...written, check] }]),
  });
  if (answer === undefined) return 'unknown';
  if (answer.status === 200 || answer.status === 304) return answer.status === 200;
  // REST's 503 and a gateway's 502 or 504 may come when the region server has long done it.
  if (answer.status >= 500 && !refused.test(exceptionOf(answer) ?? '')) return 'unknown';
  throw failureOf(answer, table);
}
