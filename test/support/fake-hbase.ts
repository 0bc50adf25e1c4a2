import { setImmediate } from 'node:timers/promises';
import type { CallContext } from '../../backend/call-context.ts';
import { StoreUnavailable } from '../../backend/stores/contract/index.ts';
import type {
  Column,
  HBaseRest,
  Row,
  RowRange,
  Selection,
  TableSchema,
} from '../../backend/stores/hbase/rest/contract.ts';
import { filterCells } from './fake-hbase-filter.ts';

/** What goes wrong with one call. */
export type Fault =
  /** Nobody answers; nothing is done. */
  | 'unavailable'
  /** A check-and-put is done, its answer lost. */
  | 'lost, done'
  /** A check-and-put is not done, nor is it answered. */
  | 'lost, not done'
  /** A check-and-put is not answered, and done later, perhaps after others. */
  | 'lost, late'
  /** A check-and-put is done, and the answer is that it was not, as when the REST server repeats its own call. */
  | 'denied'
  /** A scan ends before its end, and calls it a success; a request for many rows leaves some of them out. */
  | 'short';

export interface Call {
  readonly operation: 'get' | 'getMany' | 'put' | 'checkAndPut' | 'scan' | 'schema' | 'createTable';
  readonly table: string;
  readonly key?: string;
}

/** Decides, call by call, what goes wrong. */
export type Faults = (call: Call) => Fault | undefined;

interface Table {
  readonly schema: TableSchema;
  readonly rows: Map<string, Map<Column, Buffer>>;
}

const keyAlphabet = /^[A-Za-z0-9._~|-]+$/;
const callWords = /^(schema|scanner|exists|regions|multiget.*)$/;

/** HBase in memory, for any number of clients; it outlives them as a cluster does. */
export class FakeHBase {
  readonly tables = new Map<string, Table>();
  faults: Faults = () => undefined;
  /** Late writes that have not arrived yet. */
  readonly #late: (() => void)[] = [];

  client(): HBaseRest {
    return new FakeClient(this);
  }

  rowsOf(table: string): Map<string, Map<Column, Buffer>> | undefined {
    return this.tables.get(table)?.rows;
  }

  checkAndPut(
    table: string,
    key: string,
    cells: ReadonlyMap<Column, Buffer>,
    { column, expected }: { readonly column: Column; readonly expected: Buffer | undefined },
  ): boolean {
    if (!cells.has(column)) throw new Error(`the checked column ${column} must be among the cells`);
    const found = this.rowsOf(table)?.get(key)?.get(column);
    if (expected === undefined ? found !== undefined : !found?.equals(expected)) return false;
    this.put(table, key, cells);
    return true;
  }

  put(table: string, key: string, cells: ReadonlyMap<Column, Buffer>): void {
    if (!keyAlphabet.test(key) || callWords.test(key)) throw new Error(`'${key}' is no key for HBase REST`);
    const found = this.tables.get(table);
    if (!found) throw new StoreUnavailable(`there is no table ${table}`);
    const row = found.rows.get(key) ?? new Map<Column, Buffer>();
    for (const [column, value] of cells) {
      if (value.length === 0) throw new Error(`an empty value in ${column}`);
      if (!(column.slice(0, column.indexOf(':')) in found.schema.families)) throw new Error(`no family for ${column}`);
      row.set(column, Buffer.from(value));
    }
    found.rows.set(key, row);
  }

  later(write: () => void): void {
    this.#late.push(write);
  }

  /** Late writes arrive. */
  arrive(): void {
    for (const write of this.#late.splice(0)) write();
  }
}

class FakeClient implements HBaseRest {
  readonly #hbase: FakeHBase;
  cellsRead = 0;

  constructor(hbase: FakeHBase) {
    this.#hbase = hbase;
  }

  async get(context: CallContext, table: string, key: string, selection: Selection = {}): Promise<Row | undefined> {
    const fault = await this.#called({ operation: 'get', table, key });
    // With a filter it is a scan.
    if (fault === 'short' && selection.filter !== undefined) return undefined;
    return this.#found(table, key, selection);
  }

  async getMany(
    context: CallContext,
    table: string,
    keys: readonly string[],
    selection: Selection = {},
  ): Promise<ReadonlyMap<string, Row>> {
    const fault = await this.#called({ operation: 'getMany', table });
    const asked = fault === 'short' ? keys.slice(0, Math.ceil(keys.length / 2)) : keys;
    const rows = asked.flatMap((key) => this.#found(table, key, selection) ?? []);
    return new Map(rows.map((row) => [row.key, row]));
  }

  async put(table: string, key: string, cells: ReadonlyMap<Column, Buffer>): Promise<void> {
    await this.#called({ operation: 'put', table, key });
    this.#hbase.put(table, key, cells);
  }

  async checkAndPut(
    table: string,
    key: string,
    cells: ReadonlyMap<Column, Buffer>,
    check: { readonly column: Column; readonly expected: Buffer | undefined },
  ): Promise<boolean | 'unknown'> {
    const fault = await this.#called({ operation: 'checkAndPut', table, key });
    if (fault === 'lost, not done') return 'unknown';
    if (fault === 'lost, late') {
      this.#hbase.later(() => this.#hbase.checkAndPut(table, key, cells, check));
      return 'unknown';
    }
    const done = this.#hbase.checkAndPut(table, key, cells, check);
    await setImmediate();
    if (fault === 'lost, done') return 'unknown';
    return fault === 'denied' ? false : done;
  }

  async deleteRow(table: string, key: string): Promise<void> {
    await this.#called({ operation: 'put', table, key });
    this.#hbase.rowsOf(table)?.delete(key);
  }

  async *scan(
    context: CallContext,
    table: string,
    { start, end, expect = 100, ...selection }: RowRange,
  ): AsyncIterable<readonly Row[]> {
    for (let from = start; ;) {
      const fault = await this.#called({ operation: 'scan', table, key: from });
      const keys = [...(this.#hbase.rowsOf(table)?.keys() ?? [])].filter((key) => key >= from && key < end).sort();
      const some = keys.slice(0, fault === 'short' ? Math.floor(Math.min(expect, keys.length) / 2) : expect);
      const rows = some.flatMap((key) => this.#found(table, key, selection) ?? []);
      if (rows.length > 0) yield rows;
      if (fault === 'short' || some.length < expect) return;
      from = `${some.at(-1) ?? ''}-`;
    }
  }

  async schema(table: string): Promise<TableSchema | undefined> {
    await this.#called({ operation: 'schema', table });
    return this.#hbase.tables.get(table)?.schema;
  }

  async createTable(table: string, schema: TableSchema): Promise<void> {
    await this.#called({ operation: 'createTable', table });
    if (!this.#hbase.tables.has(table)) this.#hbase.tables.set(table, { schema, rows: new Map() });
  }

  async #called(call: Call): Promise<Fault | undefined> {
    await setImmediate();
    const fault = this.#hbase.faults(call);
    if (fault === 'unavailable') throw new StoreUnavailable('nobody answers');
    return fault;
  }

  #found(table: string, key: string, { columns, filter }: Selection): Row | undefined {
    const row = this.#hbase.rowsOf(table)?.get(key);
    if (!row) return undefined;
    const isWanted = (column: Column): boolean =>
      columns === undefined ||
      columns.some((wanted) => column === wanted || (wanted.endsWith(':') && column.startsWith(wanted)));
    const cells = filterCells(
      filter,
      [...row].filter(([column]) => isWanted(column)),
    );
    if (cells.length === 0) return undefined;
    this.cellsRead += cells.length;
    return { key, cells: new Map(cells.map(([column, value]) => [column, Buffer.from(value)])) };
  }
}
