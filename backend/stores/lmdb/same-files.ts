import { statSync } from 'node:fs';
import { join } from 'node:path';
import { StoreUnavailable } from '../contract/index.ts';

/**
 * LMDB goes on in files that somebody has removed, replaced or cut, and what it writes is gone with them; beside a new
 * lock file another process writes at the same time.
 * @returns throws StoreUnavailable where LMDB's files in the folder are no longer those that are open now
 */
export function sameFiles(folder: string): () => void {
  const files = ['data.mdb', 'lock.mdb'].map((name) => join(folder, name));
  let known = files.map(seen);
  return () => {
    const now = files.map(seen);
    files.forEach((file, i) => {
      const [before, after] = [known[i], now[i]];
      if (after !== undefined && after.dev === before?.dev && after.ino === before.ino && after.size >= before.size)
        return;
      const what = after === undefined ? 'is gone' : 'was replaced or cut';
      throw new StoreUnavailable(`${file} ${what} while it was open: nothing is written. Restore it, and start again.`);
    });
    known = now;
  };
}

const seen = (file: string) => statSync(file, { throwIfNoEntry: false });
