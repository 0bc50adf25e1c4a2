import { existsSync, mkdirSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as wait } from 'node:timers/promises';
import { open } from 'lmdb';
import type { RootDatabase } from 'lmdb';
import { checkDataFile } from './data-file.ts';
import { openFailure } from './failures.ts';

const maxDbs = 32;

/** LMDB's data file in the folder of a store. */
export const dataFileIn = (folder: string): string => join(folder, 'data.mdb');

/** Room for LMDB's 126 readers, and more. */
const lockFileSize = 16 * 1024;

/**
 * LMDB makes its lock file as a hole and maps it: on a full disk the first touch ends the process by SIGBUS. One that is
 * there already it takes as it is, whatever it holds, where nobody else has it open.
 * @throws the system's error, such as ENOSPC
 */
function makeLockFile(file: string): void {
  try {
    writeFileSync(file, Buffer.alloc(lockFileSize), { flag: 'wx', mode: 0o600 });
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'EEXIST') return;
    rmSync(file, { force: true });
    throw error;
  }
}

/**
 * Opens LMDB in a folder, made if need be, once its data file has been looked at.
 * @throws StoreUnavailable where the folder cannot be used, StoreCorrupt where the file is damaged or not whole
 */
export async function openRoot(folder: string): Promise<RootDatabase> {
  try {
    mkdirSync(folder, { recursive: true, mode: 0o700 });
    const file = dataFileIn(folder);
    if (existsSync(file)) {
      // Another process may be about to make it.
      if (statSync(file).size === 0) await wait(200);
      checkDataFile(file);
    }
    makeLockFile(join(folder, 'lock.mdb'));
    // lmdb passes it on, and its types leave it out.
    const privately = { permissionsMode: 0o600 };
    return open({ path: folder, maxDbs, ...privately });
  } catch (error) {
    throw openFailure(error, folder);
  }
}
