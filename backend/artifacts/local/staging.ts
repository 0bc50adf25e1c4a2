import { randomUUID } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { readdir, rm } from 'node:fs/promises';
import { reservedFolder } from '../path.ts';
import { errorCode } from './errors.ts';
import type { Folder } from './folder.ts';

/**
 * The hidden folder, on the file system of the artifacts, where an upload grows until it is whole and where what is
 * removed goes first. Each store has a folder of its own in it, named after its process; opening one removes those
 * whose process has ended. So a second process started on the same data by mistake leaves the first one's uploads
 * alone. (Processes are told apart on one machine: one machine at a time may use a root.)
 */
export class Staging {
  readonly #all: Folder;
  readonly #mine: Folder;
  readonly #owner: string;

  private constructor(all: Folder, mine: Folder, owner: string) {
    this.#all = all;
    this.#mine = mine;
    this.#owner = owner;
  }

  static async open(root: Folder): Promise<Staging> {
    await root.make(reservedFolder, 0o700);
    const all = await root.enter(reservedFolder);
    try {
      for (const owner of await readdir(all.path)) {
        if (!isAlive(owner)) await rm(all.at(owner), { recursive: true, force: true });
      }
      const owner = `${String(process.pid)}-${startOf(process.pid) ?? ''}-${randomUUID()}`;
      await all.make(owner, 0o700);
      return new Staging(all, await all.enter(owner), owner);
    } catch (error) {
      await all.close();
      throw error;
    }
  }

  /** The path of a new name. */
  fresh(): string {
    return this.#mine.at(randomUUID());
  }

  async close(): Promise<void> {
    await rm(this.#all.at(this.#owner), { recursive: true, force: true });
    await this.#mine.close();
    await this.#all.close();
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
