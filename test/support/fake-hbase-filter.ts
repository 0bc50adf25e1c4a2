import type { Column } from '../../backend/stores/hbase/rest/contract.ts';

type Cell = readonly [Column, Buffer];

const blocks =
  /^\(ColumnRangeFilter\('(?<start>[^']+)',(?<inclusive>true|false),'(?<end>[^']+)',false\) AND ColumnPaginationFilter\((?<count>\d+),0\)\) OR QualifierFilter\(=,'binary:(?<also>[^']+)'\)$/;

const qualifierOf = (column: Column): string => column.slice(column.indexOf(':') + 1);

/** The cells that the one filter which the store uses lets through: a page of a range of qualifiers, and one besides. */
export function filterCells(filter: string | undefined, cells: readonly Cell[]): readonly Cell[] {
  if (filter === undefined) return cells;
  const { start = '', inclusive, end = '', count, also } = blocks.exec(filter)?.groups ?? {};
  if (also === undefined) throw new Error(`the fake does not know the filter ${filter}`);
  const isBehindStart = (qualifier: string): boolean => (inclusive === 'true' ? qualifier >= start : qualifier > start);
  const range = cells
    .filter(([column]) => isBehindStart(qualifierOf(column)) && qualifierOf(column) < end)
    .sort(([a], [b]) => (a < b ? -1 : 1))
    .slice(0, Number(count));
  return [...cells.filter(([column]) => qualifierOf(column) === also), ...range];
}
