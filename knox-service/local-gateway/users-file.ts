import { readFile } from 'node:fs/promises';
import { isPasswordHash } from './password.ts';
import { replaceFile } from './replace-file.ts';

/** What the users file holds of one user. */
export interface UserEntry {
  /** As `hashPassword` makes it. */
  readonly password: string;
  readonly groups: readonly string[];
}

/** Users by name. */
export type UserEntries = ReadonlyMap<string, UserEntry>;

/** A users file that cannot be used; the message names it and what is wrong. */
export class UsersFileError extends Error {
  override readonly name = 'UsersFileError';
}

/** Basic authentication cannot carry a colon in a name, and a header no control character. */
export function isUserName(name: string): boolean {
  return /^[^\p{Cc}:]{1,255}$/u.test(name) && name.trim() === name;
}

function entryOf(value: unknown): UserEntry | undefined {
  if (typeof value !== 'object' || value === null) return undefined;
  const { password, groups = [] } = value as { password?: unknown; groups?: unknown };
  if (typeof password !== 'string' || !isPasswordHash(password)) return undefined;
  if (!Array.isArray(groups) || !groups.every((group): group is string => typeof group === 'string')) return undefined;
  return { password, groups };
}

/**
 * Reads `{ "users": { "<name>": { "password": "scrypt$...", "groups": [...] } } }`.
 * @throws UsersFileError
 */
export function parseUsers(file: string, text: string): UserEntries {
  let users: unknown;
  try {
    users = (JSON.parse(text) as { users?: unknown } | null)?.users;
  } catch (cause) {
    throw new UsersFileError(`${file} is no JSON.`, { cause });
  }
  if (typeof users !== 'object' || users === null) throw new UsersFileError(`${file} has no "users".`);
  return new Map(
    Object.entries(users).map(([name, value]) => {
      const entry = entryOf(value);
      if (!entry || !isUserName(name)) throw new UsersFileError(`${file}: the user '${name}' cannot be read.`);
      return [name, entry];
    }),
  );
}

/**
 * Reads a users file; one that is not there has no users if `orEmpty` is set.
 * @throws UsersFileError
 */
export async function readUsers(file: string, { orEmpty = false } = {}): Promise<UserEntries> {
  try {
    return parseUsers(file, await readFile(file, 'utf8'));
  } catch (error) {
    if (error instanceof UsersFileError) throw error;
    const code = error instanceof Error && 'code' in error ? String(error.code) : String(error);
    if (orEmpty && code === 'ENOENT') return new Map();
    throw new UsersFileError(`the users file ${file} cannot be read (${code}).`, { cause: error });
  }
}

/** Replaces a users file as a whole; only its owner may read it. */
export const writeUsers = (file: string, users: UserEntries): Promise<void> =>
  replaceFile(file, `${JSON.stringify({ users: Object.fromEntries(users) }, null, 2)}\n`);
