import { stat } from 'node:fs/promises';
import type { Logger } from 'pino';
import { authenticateBy } from './authenticate.ts';
import type { Authenticator } from './authenticate.ts';
import { readUsers } from './users-file.ts';

/** Milliseconds between looks at the file. */
const interval = 1000;

/**
 * Holds names and passwords to a users file, and follows its changes: who is removed or gets another password is out
 * within a second. A file that cannot be read any more lets nobody in.
 * @throws UsersFileError where it cannot be read at the start
 */
export async function authenticateByFile(file: string, log: Logger): Promise<Authenticator> {
  // Of before it is read: what changes meanwhile is read again.
  let read: string | undefined = await stampOf(file).catch(() => undefined);
  let users = await readUsers(file);
  let looked = Date.now();

  const look = async (): Promise<void> => {
    looked = Date.now();
    try {
      const stamp = await stampOf(file);
      if (stamp === read) return;
      users = await readUsers(file);
      read = stamp;
    } catch (err) {
      if (read !== undefined) log.warn({ err }, 'the users file cannot be read: nobody is let in');
      users = new Map();
      read = undefined;
    }
  };

  const { recall, verify } = authenticateBy(() => users);
  return {
    recall: async (name, password) => {
      if (Date.now() - looked >= interval) await look();
      return recall(name, password);
    },
    verify,
  };
}

/** Changes with the file: one that is put in its place may have the same time, and one that is written to the same size. */
async function stampOf(file: string): Promise<string> {
  const { dev, ino, size, mtimeNs, ctimeNs } = await stat(file, { bigint: true });
  return [dev, ino, size, mtimeNs, ctimeNs].join(':');
}
