import type { HBaseRest, Row, Selection } from './rest/contract.ts';

/** How many rows one request asks for; a run or a model may have a thousand cells. */
const rowsAtOnce = 200;
/** How many rows that were not brought are asked for by themselves at a time. */
const singlesAtOnce = 16;

/**
 * Those rows of many that exist. That a request for many has not brought a row is no proof that it is not there, so such
 * a row is asked for by itself.
 */
export async function completeGet(
  rest: HBaseRest,
  table: string,
  keys: Iterable<string>,
  selection?: Selection,
): Promise<ReadonlyMap<string, Row>> {
  const [asked, found] = [[...new Set(keys)], new Map<string, Row>()];
  for (let i = 0; i < asked.length; i += rowsAtOnce) {
    const some = asked.slice(i, i + rowsAtOnce);
    const rows = await rest.getMany(table, some, selection);
    for (const [key, row] of rows) found.set(key, row);
    const missing = some.filter((key) => !rows.has(key));
    for (let j = 0; j < missing.length; j += singlesAtOnce) {
      const singles = missing.slice(j, j + singlesAtOnce).map((key) => rest.get(table, key, selection));
      for (const row of await Promise.all(singles)) if (row) found.set(row.key, row);
    }
  }
  return found;
}
