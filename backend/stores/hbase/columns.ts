import type { Column } from './rest/contract.ts';

/** HBase REST takes a request line of 8 KB; a list of columns longer than half of it is not sent. */
const longestList = 4000;

/** All that rows hold but for the history of metrics. */
export const wholeFamily = { columns: ['d:'] } as const;

/** Those columns, or all that they are in, the family `d`, where a request line cannot hold them: many, or a NUL. */
export function columnsOrAll(
  columns: readonly Column[],
  all: readonly Column[] = wholeFamily.columns,
): { readonly columns: readonly Column[] } {
  const list = columns.join();
  return list.includes('\0') || encodeURIComponent(list).length > longestList ? { columns: all } : { columns };
}
