/**
 * Does the work on each of some, several at a time; ends when all have ended.
 * @param atOnce how many: by default as many as waiting for a store's flushes and answers makes worth while
 */
export async function forEachOf<T>(
  items: readonly T[],
  work: (item: T) => Promise<unknown>,
  atOnce = 8,
): Promise<void> {
  const rest = items.values();
  const worker = async (): Promise<void> => {
    for (const item of rest) await work(item);
  };
  await Promise.all(Array.from({ length: Math.min(atOnce, items.length) }, worker));
}
