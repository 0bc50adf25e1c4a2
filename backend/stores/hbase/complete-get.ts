import { throwIfEnded } from '../../call-context.ts';
import type { CallContext } from '../../call-context.ts';
import type { HBaseRest, Row, Selection } from './rest/contract.ts';

/** How many rows are asked for at a time; a run or a model may have a thousand cells. */
const rowsAtOnce = 200;

/**
 * Those rows of many that exist. HBase REST before 2.6 leaves a row out of its answer for errors that it takes for final,
 * so the rows that did not come are asked for again, all together, until a request brings none of them.
 */
export async function completeGet(
  context: CallContext,
  rest: HBaseRest,
  table: string,
  keys: Iterable<string>,
  selection?: Selection,
): Promise<ReadonlyMap<string, Row>> {
  const [asked, found] = [[...new Set(keys)], new Map<string, Row>()];
  for (let i = 0; i < asked.length; i += rowsAtOnce) {
    throwIfEnded(context);
    let missing = asked.slice(i, i + rowsAtOnce);
    for (let before = Infinity; missing.length > 0 && missing.length < before;) {
      before = missing.length;
      for (const [key, row] of await rest.getMany(context, table, missing, selection)) found.set(key, row);
      missing = missing.filter((key) => !found.has(key));
    }
  }
  return found;
}
