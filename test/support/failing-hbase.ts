import fc from 'fast-check';
import { StoreUnavailable } from '../../backend/stores/contract/index.ts';
import type { Store } from '../../backend/stores/contract/index.ts';
import type { Fault } from './fake-hbase.ts';
import { initialisedHBase, openInMemory } from './hbase-in-memory.ts';

/** What a client was told: an answer, or that it is not known. */
export async function told<T>(work: Promise<T>): Promise<T | 'not known'> {
  try {
    return await work;
  } catch (error) {
    if (error instanceof StoreUnavailable) return 'not known';
    throw error;
  }
}

/** What goes wrong with each call: with four of ten, something. */
export const faults = fc.infiniteStream(
  fc.oneof(
    { weight: 6, arbitrary: fc.constant<Fault | undefined>(undefined) },
    {
      weight: 4,
      arbitrary: fc.constantFrom<Fault>('lost, done', 'lost, not done', 'lost, late', 'denied', 'short', 'unavailable'),
    },
  ),
);

/**
 * Two backends on one HBase whose calls go wrong as drawn; late writes arrive now and then, and at the end.
 * @returns a third one, opened afterwards, when nothing goes wrong any more
 */
export async function afterFailures(
  draw: Iterator<Fault | undefined, Fault | undefined>,
  work: (a: Store, b: Store) => Promise<void>,
): Promise<Store> {
  const hbase = await initialisedHBase();
  const [a, b] = [await openInMemory(hbase), await openInMemory(hbase)];
  let calls = 0;
  hbase.faults = () => {
    if (++calls % 7 === 0) hbase.arrive();
    return draw.next().value;
  };
  await work(a, b);
  hbase.faults = () => undefined;
  hbase.arrive();
  return openInMemory(hbase);
}
