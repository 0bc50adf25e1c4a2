import { stat } from 'node:fs/promises';
import { authenticateBy } from './authenticate.ts';
import type { Authenticate } from './authenticate.ts';
import { readUsers } from './users-file.ts';

/** Milliseconds between looks at the file. */
const interval = 1000;

/**
 * Holds names and passwords to a users file, and follows its changes: who is removed or gets another password is out
 * within a second. A file that cannot be read any more lets nobody in.
 * @throws UsersFileError where it cannot be read at the start
 */
export async function authenticateByFile(file: string): Promise<Authenticate> {
  const modified = async (): Promise<number> => (await stat(file)).mtimeMs;
  let current = authenticateBy(await readUsers(file));
  let read = await modified();
  let looked = Date.now();

  const look = async (): Promise<void> => {
    looked = Date.now();
    try {
      const now = await modified();
      if (now === read) return;
      current = authenticateBy(await readUsers(file));
      read = now;
    } catch {
      current = authenticateBy(new Map());
      read = 0;
    }
  };

  return async (name, password) => {
    if (Date.now() - looked >= interval) await look();
    return current(name, password);
  };
}
