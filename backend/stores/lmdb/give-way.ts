import { setImmediate } from 'node:timers/promises';
import { throwIfEnded } from '../../call-context.ts';
import type { CallContext } from '../../call-context.ts';

/**
 * Between two parts of long work, for LMDB's reads hold the event loop: others get their turn, and work that nobody waits
 * for any more ends.
 * @throws what the call's signal was aborted with, or DeadlineExceeded
 */
export async function giveWay(context: CallContext): Promise<void> {
  await setImmediate();
  throwIfEnded(context);
}

/** How many rows are read before others get their turn; each may have a thousand cells. */
const rowsAtOnce = 20;

/** What `read` makes of each of the items, in their order, with a pause after some. @throws as `giveWay` */
export async function readEach<Item, Read>(
  context: CallContext,
  items: readonly Item[],
  read: (item: Item) => Read,
): Promise<readonly Read[]> {
  throwIfEnded(context);
  const all: Read[] = [];
  for (const [index, item] of items.entries()) {
    if (index > 0 && index % rowsAtOnce === 0) await giveWay(context);
    all.push(read(item));
  }
  return all;
}

/** What `read` finds for the ids, by id. @throws as `giveWay` */
export async function readMany<Found>(
  context: CallContext,
  ids: readonly string[],
  read: (id: string) => Found | undefined,
): Promise<ReadonlyMap<string, Found>> {
  const all = await readEach(context, ids, (id) => {
    const found = read(id);
    return found === undefined ? [] : [[id, found] as const];
  });
  return new Map(all.flat());
}
