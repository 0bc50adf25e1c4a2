import { existsSync, mkdirSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as wait } from 'node:timers/promises';
import { open } from 'lmdb';
import type { RootDatabase } from 'lmdb';
import { checkDataFile } from './data-file.ts';
import { openFailure } from './failures.ts';

const maxDbs = 32;

/** LMDB's data file in the folder of a store. */
export const dataFileIn = (folder: string): string => join(folder, 'data.mdb');

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
    // lmdb passes it on, and its types leave it out.
    const privately = { permissionsMode: 0o600 };
    return open({ path: folder, maxDbs, ...privately });
  } catch (error) {
    throw openFailure(error, folder);
  }
}
