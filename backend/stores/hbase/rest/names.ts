import type { Column } from './contract.ts';

/** What HBase REST takes for an operation of its own where a key should be (npm `hbase` drops the table on the first). */
const reserved = /^(schema|exists|regions|scanner|multiget.*|\.{1,2})$/;

/** @throws TypeError */
export function checkKey(key: string): void {
  if (!/^[A-Za-z0-9._~|-]+$/.test(key) || reserved.test(key))
    throw new TypeError(`'${key}' cannot be the key of a row.`);
}

/** A bound of a range, which names no row. @throws TypeError */
export function checkBound(bound: string): void {
  if (!/^[A-Za-z0-9._~|-]+$/.test(bound)) throw new TypeError(`'${bound}' cannot bound a range of rows.`);
}

/** @throws TypeError */
export function checkTable(table: string): void {
  if (!/^(\w+:)?\w[\w.-]*$/.test(table)) throw new TypeError(`'${table}' cannot be the name of a table.`);
}

/**
 * @returns the cells as they are written
 * @throws TypeError for no cells, a column without a qualifier, and an empty value, which checks take for absent
 */
export function writableCells(cells: ReadonlyMap<Column, Buffer>): readonly { column: Buffer; $: Buffer }[] {
  if (cells.size === 0) throw new TypeError('A row is written with one cell at least.');
  return [...cells].map(([column, value]) => {
    if (!/^\w+:./su.test(column)) throw new TypeError(`'${column}' is no column of a family.`);
    if (value.length === 0) throw new TypeError(`An empty value cannot be stored in ${column}.`);
    return { column: Buffer.from(column, 'utf8'), $: value };
  });
}

/** The family of a column. */
export function familyOf(column: Column): string {
  return column.slice(0, column.indexOf(':'));
}
