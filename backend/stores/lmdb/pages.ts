import { throwIfEnded } from '../../call-context.ts';
import type { CallContext } from '../../call-context.ts';
import { giveWay } from './give-way.ts';
import type { KeyRange } from './keys.ts';
import type { Entry, Table } from './table.ts';

interface PageOptions extends Partial<KeyRange> {
  /** From the last key to the first. */
  readonly reverse?: boolean;
  /** Begins behind this key, which need not be there. */
  readonly after?: Buffer | undefined;
}

/**
 * The entries of a range, each page read in one go when it is asked for: what is written meanwhile may be in the next. In
 * pages of that size, the last one shorter, none empty; between two of them it gives way.
 */
export async function* pagesOf<Value, Read>(
  context: CallContext,
  table: Table<Value>,
  decode: (entry: Entry<Value>) => Read,
  size: number,
  { after, ...range }: PageOptions = {},
): AsyncGenerator<readonly Read[]> {
  let last = after;
  throwIfEnded(context);
  for (;;) {
    const start = last === undefined ? {} : { start: last, exclusiveStart: true };
    const page = table.entries({ ...range, ...start, limit: size }, (entry) => {
      last = entry.key;
      return decode(entry);
    });
    if (page.length > 0) yield page;
    if (page.length < size) return;
    await giveWay(context);
  }
}
