import { readFile } from 'node:fs/promises';
import { setTimeout as delay } from 'node:timers/promises';

/** Memory of a process that no file backs, in bytes (Linux). @throws where it has ended */
export async function anonymousMemory(pid: number): Promise<number> {
  const status = await readFile(`/proc/${String(pid)}/status`, 'utf8');
  const kilobytes = /^RssAnon:\s+(\d+) kB$/m.exec(status)?.[1];
  if (kilobytes === undefined) throw new Error(`process ${String(pid)} has no memory: it has ended`);
  return Number(kilobytes) * 1024;
}

/** RssAnon of a process, in bytes. */
export interface MemorySeen {
  readonly before: number;
  /** The most that was seen from then on. */
  readonly peak: number;
}

/** A process whose memory is looked at all the time. */
export interface MemoryWatch {
  /**
   * Ends the watch.
   * @throws Error where the memory was not seen even once since the watch began: then there is nothing to hold it to
   */
  readonly end: () => Promise<MemorySeen>;
}

/**
 * Looks at a process's memory until it ends, or the watch does.
 * @param every ms
 * @throws where the process does not run
 */
export async function watchMemory(pid: number, every = 20, read = anonymousMemory): Promise<MemoryWatch> {
  const before = await read(pid);
  const seen: number[] = [];
  const ending = new AbortController();
  const look = (): Promise<boolean> =>
    read(pid).then(
      (now) => seen.push(now) > 0,
      () => false,
    );
  const watching = (async () => {
    while (!ending.signal.aborted && (await look())) {
      // A test that failed before it ended the watch does not keep its process.
      await delay(every, undefined, { signal: ending.signal, ref: false }).catch(() => undefined);
    }
  })();
  return {
    end: async () => {
      ending.abort();
      await watching;
      await look();
      if (seen.length === 0) throw new Error(`the memory of process ${String(pid)} was not seen while it was watched`);
      return { before, peak: seen.reduce((most, now) => Math.max(most, now), before) };
    },
  };
}
