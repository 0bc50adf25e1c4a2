/** How many things are removed side by side: each waits for some flushes. */
const atOnce = 8;

/** Does the work on each of some, several at a time; ends when all have ended. */
export async function forEachOf<T>(items: readonly T[], work: (item: T) => Promise<unknown>): Promise<void> {
  const rest = items.values();
  const worker = async (): Promise<void> => {
    for (const item of rest) await work(item);
  };
  await Promise.all(Array.from({ length: Math.min(atOnce, items.length) }, worker));
}
