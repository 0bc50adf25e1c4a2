import type { Column, Row } from './contract.ts';
import { familyOf } from './names.ts';
import type { WireCell } from './cell-set.ts';

/** The server refuses request lines of 8 kB; keys and what gateways add want their share. */
export const pathLimit = 4000;

/**
 * Whether a column can be named in a path and not only in a query: HBase REST takes `*`, `/` and `,` there for its own,
 * and Knox decodes paths, and answers 500 where it finds a line's end.
 */
export function fitsPath(column: Column): boolean {
  return /^[\w.:!~-]+$/.test(column);
}

/** Columns as they are asked for, and what of the answer is wanted. */
export interface Wanted {
  /** Families by their bare names: REST takes `d:` for the column of an empty qualifier. */
  readonly asked: readonly string[] | undefined;
  readonly wants: (column: string) => boolean;
}

const everything = (): boolean => true;

/**
 * How to ask for columns: by name, or where the list is too long for a request line or a name is not `speakable` there, by
 * whole families, of which the rest is left out here.
 */
export function wantedOf(
  columns: readonly Column[] | undefined,
  speakable: (column: string) => boolean = everything,
): Wanted {
  if (columns === undefined) return { asked: undefined, wants: everything };
  const names = columns.map((column) =>
    column.endsWith(':') && familyOf(column) === column.slice(0, -1) ? familyOf(column) : column,
  );
  const length = names.reduce((sum, name) => sum + encodeURIComponent(name).length + 'column=&'.length, 0);
  if (length <= pathLimit && names.every((name) => speakable(name))) return { asked: names, wants: everything };
  const exact = new Set(names);
  return {
    asked: [...new Set(columns.map(familyOf))],
    wants: (column) => exact.has(column) || exact.has(familyOf(column)),
  };
}

/** A row's cells by column: the newest version of each is the only one that is asked for. */
export function cellsOf(cells: readonly WireCell[], wants: (column: string) => boolean): Map<Column, Buffer> {
  const byColumn = new Map<Column, Buffer>();
  for (const { column, $ } of cells) {
    const name = column.toString('utf8');
    if (wants(name) && !byColumn.has(name)) byColumn.set(name, $);
  }
  return byColumn;
}

/** The rows of a page that have something that is wanted: HBase gives no others where it is asked by column. */
export function rowsOf(
  rows: readonly { readonly key: string; readonly cells: readonly WireCell[] }[],
  wants: (column: string) => boolean,
): readonly Row[] {
  return rows.map(({ key, cells }) => ({ key, cells: cellsOf(cells, wants) })).filter(({ cells }) => cells.size > 0);
}
