import { createHash, createHmac, randomBytes, timingSafeEqual } from 'node:crypto';
import { LRUCache } from 'lru-cache';
import { hashPassword, verifyPassword } from './password.ts';
import type { UserEntries } from './users-file.ts';

/** Who signed in. */
export interface User {
  readonly name: string;
  readonly groups: readonly string[];
}

/** Holds names and passwords to what is known of users. */
export interface Authenticator {
  /** Who it is, if that costs nothing to say: the password was right lately. */
  readonly recall: (name: string, password: string) => Promise<User | undefined>;
  /**
   * Who it is, if the password is right; costs a hash.
   * @throws the signal's reason where it was given up before its turn came
   */
  readonly verify: (name: string, password: string, signal: AbortSignal) => Promise<User | undefined>;
}

/** Milliseconds since its last use that a verified password is believed without hashing it again. */
const recallTime = 60 * 60_000;
const recallSize = 1000;

/**
 * Holds names and passwords to hashes. A verified password is remembered under a keyed digest, which holds the hash, too:
 * it is forgotten with the user, and with a change of the password. A wrong one is hashed every time.
 */
export function authenticateBy(users: () => UserEntries): Authenticator {
  const key = randomBytes(32);
  const verified = new LRUCache<string, true>({ max: recallSize, ttl: recallTime, updateAgeOnGet: true });
  const digestOf = (...parts: readonly string[]): string =>
    createHmac('sha256', key).update(JSON.stringify(parts)).digest('base64');
  let hashOfNobody: Promise<string> | undefined;
  return {
    recall: (name, password) => {
      const entry = users().get(name);
      const isKnown = entry && verified.get(digestOf(name, entry.password, password));
      return Promise.resolve(isKnown && { name, groups: entry.groups });
    },
    verify: async (name, password, signal) => {
      const entry = users().get(name);
      // An unknown name takes as long as a known one.
      const hash = entry?.password ?? (await (hashOfNobody ??= hashPassword(randomBytes(16).toString('hex'))));
      if (!(await verifyPassword(password, hash, signal)) || !entry) return undefined;
      verified.set(digestOf(name, hash, password), true);
      return { name, groups: entry.groups };
    },
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
export const authenticateDemo: Authenticator = {
  recall: (name, password) => {
    const groups = Object.hasOwn(demoUsers, name) ? demoUsers[name] : undefined;
    const isRight = timingSafeEqual(sha256(password), sha256(`${name}-password`));
    return Promise.resolve(groups && isRight ? { name, groups } : undefined);
  },
  verify: () => Promise.resolve(undefined),
};

/** Name and password of an Authorization header of the Basic scheme. */
export function basicCredentials(header: string | undefined): { name: string; password: string } | undefined {
  const [, encoded] = /^basic +([a-z0-9+/]+=*)$/i.exec(header ?? '') ?? [];
  if (encoded === undefined) return undefined;
  const text = Buffer.from(encoded, 'base64').toString('utf8');
  const colon = text.indexOf(':');
  return colon < 1 ? undefined : { name: text.slice(0, colon), password: text.slice(colon + 1) };
}
