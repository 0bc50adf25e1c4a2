import type { CallContext } from '../../../call-context.ts';
import type { Remote } from '../../../remote/index.ts';
import { cellsOf, fitsPath, wantedOf } from './columns.ts';
import { checkAndPut } from './check-and-put.ts';
import type { Column, HBaseRest, Row, RowRange, Selection, TableSchema } from './contract.ts';
import { multiGet } from './get-many.ts';
import { checkBound, checkKey, checkTable, writableCells } from './names.ts';
import { callNpm, OtherStatus } from './npm-client.ts';
import { scanStateful } from './scan-stateful.ts';
import { scanStateless } from './scan-stateless.ts';
import { createTable, readSchema } from './tables.ts';
import { Transport } from './transport.ts';

/** Up to so many rows one stateless request is faster than making, reading and deleting a scanner. */
const fewRows = 300;

/** HBase REST, by npm `hbase` over our transport, and what npm `hbase` lacks over the same. */
export class RestClient implements HBaseRest {
  readonly #transport: Transport;
  #cellsRead = 0;
  readonly #count = (cells: number): void => void (this.#cellsRead += cells);

  constructor(remote: Remote) {
    this.#transport = new Transport(remote);
  }

  get cellsRead(): number {
    return this.#cellsRead;
  }

  async get(context: CallContext, table: string, key: string, selection: Selection = {}): Promise<Row | undefined> {
    checkTable(table);
    checkKey(key);
    // A point get of REST knows no filters, and names columns in its path.
    const fits = selection.columns?.every(fitsPath) ?? true;
    if (selection.filter !== undefined || !fits) return this.#getByScan(context, table, key, selection);
    const { asked, wants } = wantedOf(selection.columns);
    try {
      const manner = { table, repeatable: true, expects: [200, 404], signal: context.signal };
      const cells = await callNpm<readonly { column: Buffer; $: Buffer }[]>(this.#transport, manner, (client, done) => {
        const row = client.table(table).row(key);
        if (asked === undefined) row.get(done);
        else row.get(asked, done);
      });
      this.#count(cells.length);
      return rowOf(key, cellsOf(cells, wants));
    } catch (error) {
      if (!(error instanceof OtherStatus)) throw error;
      // REST answers 404 for a table that is missing, disabled or forbidden too; a scan tells them from a missing row.
      return this.#getByScan(context, table, key, selection);
    }
  }

  async getMany(
    context: CallContext,
    table: string,
    keys: readonly string[],
    selection: Selection = {},
  ): Promise<ReadonlyMap<string, Row>> {
    checkTable(table);
    const different = [...new Set(keys)];
    if (selection.filter !== undefined) {
      // Multi-get takes filters from 2.6.1 on, and before that leaves them out without a word.
      const rows = await Promise.all(different.map((key) => this.get(context, table, key, selection)));
      return new Map(rows.flatMap((row) => (row === undefined ? [] : [[row.key, row]])));
    }
    const found = await multiGet(context, this.#transport, table, different, selection.columns, this.#count);
    const missing = different.find((key) => !found.has(key));
    // As a get's 404: where one is proven absent, the table can be read.
    const proof = missing === undefined ? undefined : await this.#getByScan(context, table, missing, selection);
    if (proof !== undefined) found.set(proof.key, proof);
    for (const [key, { cells }] of found) if (cells.size === 0) found.delete(key);
    return found;
  }

  async put(table: string, key: string, cells: ReadonlyMap<Column, Buffer>): Promise<void> {
    checkTable(table);
    checkKey(key);
    const written = writableCells(cells);
    const manner = { table, repeatable: true, expects: [200] };
    // In the form of an array: with columns and values apart, npm hbase writes all names into the URL.
    await callNpm(this.#transport, manner, (client, done) => client.table(table).row(key).put(written, done));
  }

  async checkAndPut(...[table, ...rest]: Parameters<HBaseRest['checkAndPut']>): Promise<boolean | 'unknown'> {
    checkTable(table);
    return checkAndPut(this.#transport, table, ...rest);
  }

  async deleteRow(table: string, key: string): Promise<void> {
    checkTable(table);
    checkKey(key);
    // Not repeated: a second one would also remove what others have written since the first.
    const manner = { table, repeatable: false, expects: [200] };
    await callNpm(this.#transport, manner, (client, done) => client.table(table).row(key).delete(done));
  }

  scan(context: CallContext, table: string, range: RowRange): AsyncIterable<readonly Row[]> {
    checkTable(table);
    checkBound(range.start);
    checkBound(range.end);
    const stateless = range.filter !== undefined || (range.expect !== undefined && range.expect <= fewRows);
    return (stateless ? scanStateless : scanStateful)(context, this.#transport, table, range, this.#count);
  }

  schema(table: string): Promise<TableSchema | undefined> {
    return readSchema(this.#transport, table);
  }

  createTable(table: string, schema: TableSchema): Promise<void> {
    return createTable(this.#transport, table, schema);
  }

  async #getByScan(context: CallContext, table: string, key: string, selection: Selection): Promise<Row | undefined> {
    const range = { ...selection, start: key, end: `${key}\0`, expect: 1 };
    for await (const [row] of scanStateless(context, this.#transport, table, range, this.#count)) {
      return row?.key === key ? rowOf(key, row.cells) : undefined;
    }
    return undefined;
  }
}

/** A row of which nothing was asked that it has is none, as HBase sees it. */
function rowOf(key: string, cells: ReadonlyMap<Column, Buffer>): Row | undefined {
  return cells.size === 0 ? undefined : { key, cells };
}
