import { constants } from 'node:fs';
import { open } from 'node:fs/promises';
import { join } from 'node:path';
import type { Logger } from 'pino';

const { O_DIRECTORY, O_NOFOLLOW, O_RDONLY } = constants;

/**
 * The folders that are made in the data folder. Their files are closed with them; and LMDB's must not be opened and closed
 * beside it, for a process loses its locks on a file by that.
 */
const made = ['store', 'artifacts'];

/**
 * Closes to other accounts what an older version has made for them to read in the data folder. The data folder itself stays
 * as it is, for it may hold what is not ours (`--data /srv`), and so does what is a link, or another account's. What fails
 * is told, and ends nothing.
 */
export async function keepPrivate(dataFolder: string, log: Pick<Logger, 'warn'>): Promise<void> {
  for (const name of made) {
    const path = join(dataFolder, name);
    try {
      const mode = await close(path);
      if (mode !== undefined) log.warn({ path, mode }, 'was open to other accounts, and is closed to them now');
    } catch (error) {
      const code = error instanceof Error && 'code' in error ? String(error.code) : String(error);
      if (!['ENOENT', 'ENOTDIR', 'ELOOP'].includes(code)) log.warn({ path, code }, 'may be open to other accounts');
    }
  }
}

/** @returns the mode that it had, in octal; undefined where it was closed, or is not ours */
async function close(path: string): Promise<string | undefined> {
  const handle = await open(path, O_RDONLY | O_DIRECTORY | O_NOFOLLOW);
  try {
    const stats = await handle.stat();
    if ((stats.mode & 0o077) === 0 || stats.uid !== process.getuid?.()) return undefined;
    await handle.chmod(0o700);
    return (stats.mode & 0o7777).toString(8);
  } finally {
    await handle.close();
  }
}
