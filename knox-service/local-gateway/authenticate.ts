import { createHash, createHmac, randomBytes, timingSafeEqual } from 'node:crypto';
import { LRUCache } from 'lru-cache';
import { hashPassword, verifyPassword } from './password.ts';
import type { UserEntries } from './users-file.ts';

/** Who signed in. */
export interface User {
  readonly name: string;
  readonly groups: readonly string[];
}

/** Says who it is, if the password is right. */
export type Authenticate = (name: string, password: string) => Promise<User | undefined>;

/** Milliseconds that a verified password is believed without hashing it again. */
export const passwordCacheTime = 60_000;
const passwordCacheSize = 1000;

/**
 * Holds names and passwords to hashes. A verified password is remembered for a short while under a keyed digest, since a
 * hash takes tens of milliseconds by design; a wrong one is hashed every time.
 */
export function authenticateBy(users: UserEntries): Authenticate {
  const key = randomBytes(32);
  const verified = new LRUCache<string, true>({ max: passwordCacheSize, ttl: passwordCacheTime });
  // An unknown name takes as long as a known one.
  const nobody = hashPassword(randomBytes(16).toString('hex'));
  return async (name, password) => {
    const entry = users.get(name);
    const hash = entry?.password ?? (await nobody);
    const digest = createHmac('sha256', key)
      .update(JSON.stringify([name, hash, password]))
      .digest('base64');
    if (!verified.has(digest)) {
      if (!(await verifyPassword(password, hash)) || !entry) return undefined;
      verified.set(digest, true);
    }
    return entry && { name, groups: entry.groups };
  };
}

/** The users of Knox's demo LDAP; the password of each is `<name>-password`. */
export const demoUsers: Readonly<Record<string, readonly string[]>> = {
  guest: [],
  admin: [],
  sam: ['analyst', 'scientist'],
  tom: ['analyst'],
};

const sha256 = (text: string): Buffer => createHash('sha256').update(text).digest();

/** Knows the demo users. Their passwords are known to everybody: for loopback only. */
export const authenticateDemo: Authenticate = (name, password) => {
  const groups = Object.hasOwn(demoUsers, name) ? demoUsers[name] : undefined;
  const isRight = timingSafeEqual(sha256(password), sha256(`${name}-password`));
  return Promise.resolve(groups && isRight ? { name, groups } : undefined);
};

/** Name and password of an Authorization header of the Basic scheme. */
export function basicCredentials(header: string | undefined): { name: string; password: string } | undefined {
  const [, encoded] = /^basic +([a-z0-9+/]+=*)$/i.exec(header ?? '') ?? [];
  if (encoded === undefined) return undefined;
  const text = Buffer.from(encoded, 'base64').toString('utf8');
  const colon = text.indexOf(':');
  return colon < 1 ? undefined : { name: text.slice(0, colon), password: text.slice(colon + 1) };
}
