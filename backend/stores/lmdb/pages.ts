import type { Database } from 'lmdb';
import { throwIfEnded } from '../../call-context.ts';
import type { CallContext } from '../../call-context.ts';
import { giveWay } from './give-way.ts';
import type { KeyRange } from './keys.ts';

interface PageOptions extends Partial<KeyRange> {
  /** From the last key to the first. */
  readonly reverse?: boolean;
  /** Begins behind this key, which need not be there. */
  readonly after?: Buffer | undefined;
}

interface Entry<Value> {
  readonly key: Buffer;
  readonly value: Value;
}

/**
 * The entries of a range, each page read in one go when it is asked for: what is written meanwhile may be in the next. In
 * pages of that size, the last one shorter, none empty; between two of them it gives way.
 */
export async function* pagesOf<Value>(
  context: CallContext,
  database: Database<Value, Buffer>,
  size: number,
  { after, ...range }: PageOptions = {},
): AsyncGenerator<readonly Entry<Value>[]> {
  let last = after;
  throwIfEnded(context);
  for (;;) {
    const start = last === undefined ? {} : { start: last, exclusiveStart: true };
    const page = [...database.getRange({ ...range, ...start, limit: size })];
    if (page.length > 0) yield page;
    if (page.length < size) return;
    last = page.at(-1)?.key;
    await giveWay(context);
  }
}
