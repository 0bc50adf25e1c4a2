import { randomUUID } from 'node:crypto';
import { opendir, rename, rmdir, unlink } from 'node:fs/promises';
import { setTimeout as delay } from 'node:timers/promises';
import { errorCode } from './errors.ts';
import type { Folder } from './folder.ts';

/** How many folders, and files of each, are removed side by side. */
const foldersAtOnce = 4;
const filesAtOnce = 32;

/** How many names of folders to go on with are remembered; more of them are found again. */
const mostRemembered = 1000;

/** How often a bin is gone over again in vain, and after how many ms. */
const mostTries = 20;
const pause = 2;

/**
 * Removes what lies in `bin` under names that begin with `prefix`, with all below it, however deep and wide. A folder in a
 * folder is moved up into `bin` first, to a name with the same beginning up to its dot: so no path grows and nothing
 * recurses, a few descriptors are enough, and whoever is stopped on the way leaves less for the next one. Several may work
 * in the same `bin`: one that comes too late everywhere leaves the rest to the others.
 * @param prefix what ends with a dot; '' for everything
 * @throws where something stays: the system's first error, or the reason of `stop`
 */
export async function empty(bin: Folder, prefix: string, stop: AbortSignal): Promise<void> {
  let others = false;
  for (let tries = 1; ; tries++) {
    const round = new Round(bin, stop);
    const found = await round.goOver(prefix);
    stop.throwIfAborted();
    if (!found) return;
    others ||= round.others;
    if (round.removed > 0) {
      tries = 0;
    } else if (round.error !== undefined) {
      throw round.error;
    } else if (tries === mostTries) {
      if (others) return;
      throw new Error('it is never empty');
    } else {
      // A write that had a folder open before it was taken away may still put a file there.
      await delay(pause);
    }
  }
}

/** One pass over a bin, which goes past what cannot be removed. */
class Round {
  readonly #bin: Folder;
  readonly #stop: AbortSignal;
  /** Names in the bin that are to go. */
  readonly #next: string[] = [];
  /** How many entries of the bin are gone. */
  removed = 0;
  /** Whether somebody else removed something first. */
  others = false;
  /** The first that somebody has to see to. */
  error: Error | undefined;

  constructor(bin: Folder, stop: AbortSignal) {
    this.#bin = bin;
    this.#stop = stop;
  }

  /** @returns whether there was anything */
  async goOver(prefix: string): Promise<boolean> {
    let found = false;
    for await (const { name } of await opendir(this.#bin.path)) {
      if (!name.startsWith(prefix)) continue;
      found = true;
      this.#next.push(name);
      if (this.#next.length >= foldersAtOnce) await this.#removeNext();
      if (this.#stop.aborted) break;
    }
    await this.#removeNext();
    return found;
  }

  async #removeNext(): Promise<void> {
    const worker = async (): Promise<void> => {
      for (let name: string | undefined; !this.#stop.aborted && (name = this.#next.pop()) !== undefined;) {
        await this.#noted(this.#remove(name));
      }
    };
    await Promise.all(Array.from({ length: foldersAtOnce }, worker));
  }

  async #remove(name: string): Promise<void> {
    const folder = await this.#enter(name);
    if (folder === undefined) {
      await unlink(this.#bin.at(name));
    } else {
      await this.#takeOut(folder, name.slice(0, name.indexOf('.') + 1));
      await rmdir(this.#bin.at(name));
    }
    this.removed++;
  }

  /** Undefined for what is no folder: a link is one as little as a file. */
  async #enter(name: string): Promise<Folder | undefined> {
    try {
      return await this.#bin.enter(name);
    } catch (error) {
      const code = errorCode(error);
      if (code === 'ENOTDIR' || code === 'ELOOP') return undefined;
      throw error;
    }
  }

  /** Removes the files of a folder, moves the folders in it up to names that begin alike, and closes it. */
  async #takeOut(folder: Folder, prefix: string): Promise<void> {
    const underWay: Promise<void>[] = [];
    try {
      // As bytes: a name that is not UTF-8 must go, too.
      for await (const entry of await opendir(folder.path, { encoding: 'buffer' as BufferEncoding })) {
        const path = Buffer.concat([Buffer.from(`${folder.path}/`), Buffer.from(entry.name)]);
        underWay.push(this.#noted(entry.isDirectory() ? this.#moveUp(path, prefix + randomUUID()) : unlink(path)));
        if (underWay.length >= filesAtOnce) await Promise.all(underWay.splice(0));
        if (this.#stop.aborted) break;
      }
    } finally {
      // Its descriptor's number may be another folder's as soon as it is closed.
      await Promise.all(underWay);
      await folder.close();
    }
  }

  async #moveUp(path: Buffer, name: string): Promise<void> {
    await rename(path, this.#bin.at(name));
    if (this.#next.length < mostRemembered) this.#next.push(name);
  }

  /** Waits, and notes what fails; that somebody put something there meanwhile (ENOTEMPTY) is seen in the next round. */
  async #noted(work: Promise<void>): Promise<void> {
    try {
      await work;
    } catch (error) {
      const code = errorCode(error);
      if (code === 'ENOENT') this.others = true;
      else if (code !== 'ENOTEMPTY') this.error ??= asError(error);
    }
  }
}

const asError = (error: unknown): Error => (error instanceof Error ? error : new Error(String(error)));
