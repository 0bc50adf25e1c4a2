import { setTimeout as delay } from 'node:timers/promises';
import { ArtifactError } from '../contract.ts';
import type { FileStatus } from './answers.ts';
import { isUncertain } from './name-node.ts';
import type { Namespace } from './namespace.ts';

/** How often a file is moved anew where others move or remove the folders on its way meanwhile. */
const mostAttempts = 200;

/** A file that is whole, at its place in the staging folder. */
export interface Staged extends Pick<FileStatus, 'fileId'> {
  readonly path: string;
}

/**
 * Gives a staged file its path below the root. Folders that are missing come with it, by the same one RENAME: so none is
 * ever seen without its file, and a removal beside it is before or after it.
 * @param folders the paths of the folders between the root and the target, from the highest down
 * @throws ArtifactError; then nothing of the file stays
 */
export async function publish(
  staged: Staged,
  target: string,
  folders: readonly string[],
  namespace: Namespace,
): Promise<void> {
  let path = staged.path;
  // The folder in the staging folder that the file is in, to be moved with it.
  let bundle: string | undefined;

  /** Whether `move` gave the file its path. @returns the error where another try may help */
  async function attempt(move: () => Promise<void>): Promise<ArtifactError | undefined> {
    try {
      await move();
      return undefined;
    } catch (error) {
      if (!(error instanceof ArtifactError)) throw error;
      // The answer was lost: was it done?
      if (isUncertain(error) && (await namespace.status(target))?.fileId === staged.fileId) return undefined;
      return error;
    }
  }

  try {
    for (let count = 1; ; count++) {
      const error = await attempt(() => namespace.rename(path, target));
      if (error === undefined) return;
      if ((await namespace.place(target))?.type === 'DIRECTORY') throw isDirectory(error);
      const again = error.problem === 'not-found' || isUncertain(error);
      if (!again || count === mostAttempts || (await namespace.status(path)) === undefined) throw error;
      const [highest] = await missing(folders, namespace);
      const parent = folders.at(-1);
      if (highest !== undefined && parent !== undefined) {
        const emptied = bundle;
        bundle = `${staged.path}-${String(count)}`;
        const folder = bundle + parent.slice(highest.length);
        const inside = folder + target.slice(parent.length);
        await namespace.makeFolder(folder);
        await namespace.rename(path, inside);
        path = inside;
        if (emptied !== undefined) await namespace.delete(emptied, true);
        const moving = bundle;
        if ((await attempt(() => namespace.rename(moving, highest))) === undefined) return;
      }
      // Two that take turns at the same pace would do so for ever.
      await delay(Math.random() * Math.min(count, 20));
    }
  } catch (error) {
    await namespace.delete(path, false).catch(() => undefined);
    throw error;
  } finally {
    if (bundle !== undefined) await namespace.delete(bundle, true).catch(() => undefined);
  }
}

/** Those of the folders that are not there, from the highest down. */
async function missing(folders: readonly string[], namespace: Namespace): Promise<readonly string[]> {
  for (let there = folders.length - 1; there >= 0; there--) {
    if ((await namespace.place(folders[there] ?? '')) !== undefined) return folders.slice(there + 1);
  }
  return folders;
}

const isDirectory = (cause: ArtifactError): ArtifactError =>
  new ArtifactError('is-directory', 'A folder has this name', { cause });
