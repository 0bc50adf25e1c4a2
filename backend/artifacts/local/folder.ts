import { constants, existsSync } from 'node:fs';
import { mkdir, open } from 'node:fs/promises';
import type { FileHandle } from 'node:fs/promises';
import { errorCode } from './errors.ts';

const { O_DIRECTORY, O_NOFOLLOW, O_RDONLY } = constants;

/** Where Linux shows a process its open files: a name below it is resolved against the open folder itself. */
const descriptors = '/proc/self/fd';
const hasDescriptors = existsSync(descriptors);

/**
 * An open folder. Names are resolved against the open folder and never through a link, so a path that is walked from the
 * root stays below it whatever is renamed or replaced by a link meanwhile. Without `/proc` (macOS) a folder is held by
 * its path: a link is refused where it is seen, a swap between two steps is not.
 */
export class Folder {
  readonly #handle: FileHandle;
  readonly #path: string;

  private constructor(handle: FileHandle, path: string) {
    this.#handle = handle;
    this.#path = path;
  }

  /** Opens the folder at a path of the machine. The last part must be no link. */
  static async open(path: string): Promise<Folder> {
    return new Folder(await open(path, O_RDONLY | O_DIRECTORY | O_NOFOLLOW), path);
  }

  /** The path of this folder, for calls that take one; good until `close`. */
  get path(): string {
    const { fd } = this.#handle;
    // Another folder may have the number by now.
    if (fd < 0) throw Object.assign(new Error('the folder is closed'), { code: 'EBADF' });
    return hasDescriptors ? `${descriptors}/${String(fd)}` : this.#path;
  }

  /** The path of a name in this folder. */
  at(name: string): string {
    return `${this.path}/${name}`;
  }

  /** Opens a folder in this one. @throws ENOENT, ENOTDIR or ELOOP where there is none, a link included */
  enter(name: string): Promise<Folder> {
    return Folder.open(this.at(name));
  }

  /** Makes a folder in this one, for this account alone, unless it is there. */
  async make(name: string): Promise<void> {
    try {
      await mkdir(this.at(name), { mode: 0o700 });
    } catch (error) {
      if (errorCode(error) !== 'EEXIST') throw error;
    }
  }

  /** Flushes the names in this folder. */
  async flush(): Promise<void> {
    await this.#handle.sync();
  }

  async close(): Promise<void> {
    await this.#handle.close();
  }
}

/**
 * Opens the folder that lies along `names` below `from`, which stays open. Of those on the way two at most are open at a
 * time, however long the way.
 * @param onTheWay done in each folder before the next name is entered
 */
export async function walk(
  from: Folder,
  names: readonly string[],
  onTheWay: (folder: Folder, next: string) => Promise<void> = () => Promise.resolve(),
): Promise<Folder> {
  let current = await from.enter('.');
  for (const name of names) {
    const parent = current;
    try {
      await onTheWay(parent, name);
      current = await parent.enter(name);
    } finally {
      await parent.close();
    }
  }
  return current;
}

/**
 * As `walk`, making what is missing. Every name on the way is flushed: also those that were there, which another call may
 * have made and not have flushed yet.
 */
export function walkMaking(from: Folder, names: readonly string[]): Promise<Folder> {
  return walk(from, names, async (folder, next) => {
    await folder.make(next);
    await folder.flush();
  });
}
