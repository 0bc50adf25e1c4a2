import { randomBytes, timingSafeEqual } from 'node:crypto';
import { deriveKey } from './derive-key.ts';

const cost = { N: 16384, r: 8, p: 1 } as const;
const keyLength = 32;

/** What is kept of a password: `scrypt$N$r$p$salt$key`, the last two in base64url. */
export async function hashPassword(password: string): Promise<string> {
  const salt = randomBytes(16);
  const key = await deriveKey({ password: password.normalize('NFC'), salt, length: keyLength, cost });
  return ['scrypt', cost.N, cost.r, cost.p, salt.toString('base64url'), key.toString('base64url')].join('$');
}

const form = /^scrypt\$(\d{1,7})\$(\d{1,2})\$(\d{1,2})\$([\w-]{8,})\$([\w-]{20,})$/;

/** Whether the text is a hash that `verifyPassword` can take. */
export function isPasswordHash(text: string): boolean {
  return form.test(text);
}

/**
 * Whether the hash is that of the password; in the same time whether it is or not.
 * @throws the signal's reason where it was given up before its turn came
 */
export async function verifyPassword(password: string, hash: string, signal?: AbortSignal): Promise<boolean> {
  const [, n, r, p, salt, key] = form.exec(hash) ?? [];
  if (salt === undefined || key === undefined) return false;
  const expected = Buffer.from(key, 'base64url');
  const job = {
    password: password.normalize('NFC'),
    salt: Buffer.from(salt, 'base64url'),
    length: expected.length,
    cost: { N: Number(n), r: Number(r), p: Number(p) },
  };
  return timingSafeEqual(await deriveKey(job, signal), expected);
}
