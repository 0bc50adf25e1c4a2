import type { CallContext } from '../../../call-context.ts';
/** A column as `family:qualifier`; qualifiers may hold any UTF-8 text. */
export type Column = string;

export interface Row {
  readonly key: string;
  /** Values by column, the newest version of each. */
  readonly cells: ReadonlyMap<Column, Buffer>;
}

/**
 * What a read brings: columns (a family by its name and `:`), all where it is left out; or a filter string of HBase's
 * own language, applied by the region server.
 */
export interface Selection {
  readonly columns?: readonly Column[];
  readonly filter?: string;
}

/** Rows from `start` up to, but not with, `end`, in key order. */
export interface RowRange extends Selection {
  readonly start: string;
  readonly end: string;
  /** About how many rows the caller expects to take: how many a request asks for. */
  readonly expect?: number;
}

/**
 * The operations of HBase REST that the store is built of, each with the guards that the server and npm `hbase` lack.
 * Keys are of `[A-Za-z0-9._~|-]`. An empty value cannot be stored: HBase's checks take it for absent.
 * All throw `StoreUnavailable` where the servers do not answer in time, `StoreCorrupt` where the answer makes no sense.
 */
export interface HBaseRest {
  get(context: CallContext, table: string, key: string, selection?: Selection): Promise<Row | undefined>;

  /** Those rows of many that exist, in no order. */
  getMany(
    context: CallContext,
    table: string,
    keys: readonly string[],
    selection?: Selection,
  ): Promise<ReadonlyMap<string, Row>>;

  /** Writes the cells of one row at once; sending it twice is the same as once, so it is repeated where need be. */
  put(table: string, key: string, cells: ReadonlyMap<Column, Buffer>): Promise<void>;

  /**
   * Writes the cells at once if a column, which must be among them, has the expected value, or, with undefined, is not
   * there. Never sent twice after it may have arrived.
   * @returns whether they were written; 'unknown' where no answer came and it may or may not have been
   */
  checkAndPut(
    table: string,
    key: string,
    cells: ReadonlyMap<Column, Buffer>,
    check: { readonly column: Column; readonly expected: Buffer | undefined },
  ): Promise<boolean | 'unknown'>;

  /** Removes a whole row, with all versions. */
  deleteRow(table: string, key: string): Promise<void>;

  /**
   * The rows of a range in pages of any size but none empty. **May end early**, as the server may: the caller proves by a
   * sentinel row or by asking on until a page is empty that it has seen all.
   */
  scan(context: CallContext, table: string, range: RowRange): AsyncIterable<readonly Row[]>;

  /** The schemas of tables, as REST gives them; undefined where there is no such table. */
  schema(table: string): Promise<TableSchema | undefined>;

  /** Creates a table. */
  createTable(table: string, schema: TableSchema): Promise<void>;

  /** Cells that answers have brought since the start, for the debug counter. */
  readonly cellsRead: number;
}

export interface TableSchema {
  /** Attributes of the table, such as DURABILITY. */
  readonly attributes: Readonly<Record<string, string>>;
  /** Attributes of each family, such as COMPRESSION, VERSIONS. */
  readonly families: Readonly<Record<string, Readonly<Record<string, string>>>>;
}
