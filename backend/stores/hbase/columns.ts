import type { Column } from './rest/contract.ts';

/** HBase REST takes a request line of 8 KB; a list of columns longer than half of it is not sent. */
const longestList = 4000;

/** All that rows hold but for the history of metrics. */
export const wholeFamily = { columns: ['d:'] } as const;

/** Those columns, or the family `d`, which all of them are in, where a request line cannot hold them: many, or a NUL. */
export function columnsOrAll(columns: readonly Column[]): { readonly columns: readonly Column[] } {
  const list = columns.join();
  return list.includes('\0') || encodeURIComponent(list).length > longestList ? wholeFamily : { columns };
}
