import { randomUUID } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { opendir, rename } from 'node:fs/promises';
import { isNoRoom } from '../../no-room.ts';
import { reservedFolder } from '../path.ts';
import { reasonOf } from '../staging-log.ts';
import type { StagingLog } from '../staging-log.ts';
import { empty } from './empty.ts';
import { errorCode, isMissing } from './errors.ts';
import type { Folder } from './folder.ts';

/** The folder for what is removed. */
const binName = 'removed';

const cannotDelete = 'something that was removed, or left by an ended process, cannot be deleted';

/**
 * The hidden folder, on the file system of the artifacts, where an upload grows until it is whole and where what is
 * removed goes first. Each store has a folder of its own in it for uploads, named after its process: so a second process
 * started on the same data by mistake leaves the first one's uploads alone. (Processes are told apart on one machine: one
 * machine at a time may use a root.) The bin is common to all.
 *
 * What ended processes left is removed beside the work, and a store that is closed before the end leaves the rest to the
 * next one. Users have written it: whatever it is, and however full they made the disk, the store opens.
 */
export class Staging {
  readonly #all: Folder;
  readonly #log: StagingLog | undefined;
  readonly #owner = `${String(process.pid)}-${startOf(process.pid) ?? ''}-${randomUUID()}`;
  readonly #closing = new AbortController();
  readonly #removals = new Set<Promise<void>>();
  #mine: Promise<Folder> | undefined;

  private constructor(all: Folder, log: StagingLog | undefined) {
    this.#all = all;
    this.#log = log;
  }

  static async open(root: Folder, log?: StagingLog): Promise<Staging> {
    await root.make(reservedFolder);
    const staging = new Staging(await root.enter(reservedFolder), log);
    try {
      await staging.#own();
    } catch (error) {
      if (!isNoRoom(error)) {
        await staging.#all.close();
        throw error;
      }
      staging.#warn(error, 'there is no room for uploads');
    }
    void staging.#untilClosed(() => staging.#sweep());
    return staging;
  }

  /** The path of a new name for an upload. */
  async fresh(): Promise<string> {
    return (await this.#own()).at(randomUUID());
  }

  /** Opens the folder that what is removed is moved to; the caller closes it. */
  openBin(): Promise<Folder> {
    return this.#makeAndEnter(binName);
  }

  /**
   * Removes what was moved to the bin, under names that begin with `prefix`. What cannot be removed stays there, where
   * nobody sees it, and is told in the log.
   */
  discard(bin: Folder, prefix: string): Promise<void> {
    return this.#untilClosed((signal) => empty(bin, prefix, signal));
  }

  async close(): Promise<void> {
    this.#closing.abort();
    await Promise.all(this.#removals);
    const mine = await this.#mine?.catch(() => undefined);
    await mine?.close();
    // The files of uploads that were cut are the next one's to remove where this fails.
    if (mine !== undefined) await this.#removeOwned().catch(() => undefined);
    await this.#all.close();
  }

  /** Made when it is needed where there was no room for it at the start. */
  async #own(): Promise<Folder> {
    this.#mine ??= this.#makeAndEnter(this.#owner);
    try {
      return await this.#mine;
    } catch (error) {
      this.#mine = undefined;
      throw error;
    }
  }

  async #makeAndEnter(name: string): Promise<Folder> {
    await this.#all.make(name);
    return this.#all.enter(name);
  }

  async #removeOwned(): Promise<void> {
    const bin = await this.openBin();
    try {
      const inBin = `${randomUUID()}.`;
      await rename(this.#all.at(this.#owner), bin.at(inBin));
      await empty(bin, inBin, new AbortController().signal);
    } finally {
      await bin.close();
    }
  }

  /** Removes what ended processes left, in folders of their own and in the bin. */
  async #sweep(): Promise<void> {
    const { signal } = this.#closing;
    const bin = await this.openBin();
    try {
      let failure: { readonly error: unknown } | undefined;
      for await (const { name } of await opendir(this.#all.path)) {
        signal.throwIfAborted();
        if (name === binName || isAlive(name)) continue;
        await rename(this.#all.at(name), bin.at(randomUUID())).catch((error: unknown) => {
          if (!isMissing(error)) failure ??= { error };
        });
      }
      await empty(bin, '', signal);
      if (failure !== undefined) this.#warn(failure.error, cannotDelete);
    } finally {
      await bin.close();
    }
  }

  /** A removal that ends with the store. That it fails is told, and nothing else. */
  async #untilClosed(removal: (signal: AbortSignal) => Promise<void>): Promise<void> {
    const { signal } = this.#closing;
    const settled = removal(signal).catch((error: unknown) => {
      if (!signal.aborted) this.#warn(error, cannotDelete);
    });
    this.#removals.add(settled);
    await settled;
    this.#removals.delete(settled);
  }

  #warn(error: unknown, what: string): void {
    this.#log?.warn({ folder: reservedFolder, reason: reasonOf(error) }, what);
  }
}

/** Whether the process that a folder is named after still runs. */
function isAlive(owner: string): boolean {
  const [, pid, start] = /^(\d+)-(\d*)-/.exec(owner) ?? [];
  if (pid === undefined) return false;
  const now = startOf(Number(pid));
  if (now !== undefined) return now === start;
  try {
    process.kill(Number(pid), 0);
    return true;
  } catch (error) {
    return errorCode(error) === 'EPERM';
  }
}

/** When a process started, in clock ticks since boot, which tells a reused id; undefined where there is none or no `/proc`. */
function startOf(pid: number): string | undefined {
  try {
    const stat = readFileSync(`/proc/${String(pid)}/stat`, 'utf8');
    // Field 22, counted behind the command name, which may hold spaces and brackets.
    return stat.slice(stat.lastIndexOf(')') + 2).split(' ')[19];
  } catch {
    return undefined;
  }
}
