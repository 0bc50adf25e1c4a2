import { randomUUID } from 'node:crypto';
import { constants } from 'node:fs';
import type { Stats } from 'node:fs';
import { lstat, mkdir, open, opendir, readdir, realpath, rename, rm } from 'node:fs/promises';
import type { Readable } from 'node:stream';
import { throwIfEnded } from '../../call-context.ts';
import type { CallContext } from '../../call-context.ts';
import type { ArtifactEntry, ArtifactPath, ArtifactStore, OpenArtifact } from '../contract.ts';
import { ArtifactError } from '../contract.ts';
import { compareCodePoints } from '../../entities/order.ts';
import { reservedFolder, segmentsOf } from '../path.ts';
import type { StagingLog } from '../staging-log.ts';
import { errorCode, isMissing, translate, translated } from './errors.ts';
import { Folder, walk } from './folder.ts';
import { LocalFile } from './local-file.ts';
import { Staging } from './staging.ts';
import { publish, stage } from './upload.ts';

const { O_NOFOLLOW, O_NONBLOCK, O_RDONLY } = constants;

/** How many entries of a folder are looked at side by side. */
const listedAtOnce = 32;

export interface LocalArtifactsOptions {
  /** Made if need be; it may itself be a link, nothing in it may. */
  readonly root: string;
  readonly log?: StagingLog | undefined;
}

/**
 * Artifacts in a folder of this machine, for this account alone.
 * @throws ArtifactError 'unavailable'
 */
export async function openLocalArtifactStore({ root, log }: LocalArtifactsOptions): Promise<ArtifactStore> {
  try {
    await mkdir(root, { recursive: true, mode: 0o700 });
    const real = await realpath(root);
    const folder = await Folder.open(real);
    try {
      return new LocalArtifactStore(real, await lstat(real), folder, await Staging.open(folder, log));
    } catch (error) {
      await folder.close();
      throw error;
    }
  } catch (error) {
    const code = errorCode(error) ?? String(error);
    throw new ArtifactError('unavailable', `The artifact folder ${root} cannot be used (${code}).`, { cause: error });
  }
}

type FolderIdentity = Pick<Stats, 'dev' | 'ino'>;

class LocalArtifactStore implements ArtifactStore {
  readonly #path: string;
  readonly #identity: FolderIdentity;
  readonly #root: Folder;
  readonly #staging: Staging;
  #closed: Promise<void> | undefined;

  constructor(path: string, identity: FolderIdentity, root: Folder, staging: Staging) {
    this.#path = path;
    this.#identity = identity;
    this.#root = root;
    this.#staging = staging;
  }

  async write(context: CallContext, path: ArtifactPath, source: Readable): Promise<void> {
    const { folders, name } = split(path);
    if (name === undefined) throw isDirectory();
    await this.#checkRoot();
    await this.#refuseEarly(folders, name);
    const staged = await translated(() => this.#staging.fresh());
    await stage(staged, source, context.signal);
    try {
      await publish(staged, this.#root, folders, name);
    } catch (error) {
      await rm(staged, { force: true });
      throw refusal(error);
    }
  }

  async open(context: CallContext, path: ArtifactPath): Promise<OpenArtifact> {
    const { folders, name } = split(path);
    if (name === undefined) throw isDirectory();
    const handle = await this.#in(folders, (folder) => open(folder.at(name), O_RDONLY | O_NOFOLLOW | O_NONBLOCK));
    if (handle === undefined) throw notFound();
    const stats = await handle.stat({ bigint: true });
    if (stats.isFile()) return new LocalFile(handle, stats);
    await handle.close();
    throw stats.isDirectory() ? isDirectory() : notFound();
  }

  async stat(context: CallContext, path: ArtifactPath): Promise<ArtifactEntry | undefined> {
    const { folders, name } = split(path);
    if (name === undefined) return { name: '', isDirectory: true };
    return this.#in(folders, (folder) => entryOf(folder, name));
  }

  async list(context: CallContext, path: ArtifactPath): Promise<readonly ArtifactEntry[]> {
    const folders = segmentsOf(path);
    const entries = await this.#in(folders, async (folder) => {
      const names = await readdir(folder.path);
      return entriesOf(context, folder, folders.length === 0 ? names.filter((name) => name !== reservedFolder) : names);
    });
    return entries ?? [];
  }

  async remove(context: CallContext, path: ArtifactPath): Promise<void> {
    const { folders, name } = split(path);
    if (name === undefined) throw new ArtifactError('bad-path', 'The artifact root cannot be removed');
    await this.#checkRoot();
    const bin = await translated(() => this.#staging.openBin());
    try {
      const taken = await this.#in(folders, async (folder) => {
        if ((await entryOf(folder, name)) === undefined) return undefined;
        const inBin = `${randomUUID()}.`;
        await rename(folder.at(name), bin.at(inBin));
        await folder.flush();
        return inBin;
      });
      if (taken === undefined) throw notFound();
      await this.#staging.discard(bin, taken);
    } finally {
      await bin.close();
    }
  }

  async check(): Promise<string> {
    await this.#checkRoot();
    await translated(async () => (await opendir(this.#root.path)).close());
    return `local folder ${this.#path}`;
  }

  close(): Promise<void> {
    this.#closed ??= this.#staging.close().then(() => this.#root.close());
    return this.#closed;
  }

  /**
   * What is written into an open folder that was removed, or moved away, is gone.
   * @throws ArtifactError 'unavailable'
   */
  async #checkRoot(): Promise<void> {
    const { dev, ino } = this.#identity;
    const found = await lstat(this.#path).catch((error: unknown) => {
      if (!isMissing(error)) throw translate(error);
    });
    if (found?.dev === dev && found.ino === ino) return;
    throw new ArtifactError(
      'unavailable',
      'The artifact folder was removed or replaced while it was open: nothing is written. Restore it, and start again.',
    );
  }

  /** What `use` makes of the folder; undefined where the folder or what `use` looks for in it is not there. */
  async #in<T>(folders: readonly string[], use: (folder: Folder) => Promise<T>): Promise<T | undefined> {
    try {
      const folder = await walk(this.#root, folders);
      try {
        return await use(folder);
      } finally {
        await folder.close();
      }
    } catch (error) {
      if (isMissing(error)) return undefined;
      throw translate(error);
    }
  }

  /** Spares a client the upload that `publish` would refuse. */
  async #refuseEarly(folders: readonly string[], name: string): Promise<void> {
    try {
      const folder = await walk(this.#root, folders);
      try {
        if ((await entryOf(folder, name))?.isDirectory === true) throw isDirectory();
      } finally {
        await folder.close();
      }
    } catch (error) {
      if (errorCode(error) !== 'ENOENT') throw refusal(error);
    }
  }
}

function split(path: ArtifactPath): { readonly folders: readonly string[]; readonly name: string | undefined } {
  const segments = segmentsOf(path);
  return { folders: segments.slice(0, -1), name: segments.at(-1) };
}

/** What a name in a folder is; undefined for what is neither a file nor a folder. */
async function entryOf(folder: Folder, name: string): Promise<ArtifactEntry | undefined> {
  try {
    const stats = await lstat(folder.at(name));
    if (stats.isDirectory()) return { name, isDirectory: true };
    return stats.isFile() ? { name, isDirectory: false, size: stats.size } : undefined;
  } catch (error) {
    if (isMissing(error)) return undefined;
    throw error;
  }
}

async function entriesOf(
  context: CallContext,
  folder: Folder,
  names: readonly string[],
): Promise<readonly ArtifactEntry[]> {
  const ordered = names.toSorted(compareCodePoints);
  const entries: ArtifactEntry[] = [];
  for (let from = 0; from < ordered.length; from += listedAtOnce) {
    throwIfEnded(context);
    const some = ordered.slice(from, from + listedAtOnce);
    for (const entry of await Promise.all(some.map((name) => entryOf(folder, name)))) {
      if (entry !== undefined) entries.push(entry);
    }
  }
  return entries;
}

const notFound = (): ArtifactError => new ArtifactError('not-found', 'No such artifact');
const isDirectory = (): ArtifactError => new ArtifactError('is-directory', 'A folder has this name');

/** Why a file could not get its name. */
function refusal(error: unknown): unknown {
  const code = errorCode(error);
  if (code === 'EISDIR') return isDirectory();
  if (code === 'ENOTDIR' || code === 'ELOOP') {
    return new ArtifactError('not-a-directory', 'A file lies on the way to this name', { cause: error });
  }
  return translate(error);
}
