import type { Authenticator } from './contract.ts';

/** No credentials at all. */
export const anonymous: Authenticator = {
  headers: async () => ({}),
  learn: async () => false,
};

/**
 * HTTP Basic (RFC 7617), as Knox's Shiro provider takes it.
 * @throws TypeError which holds neither of the two
 */
export function basic(user: string, password: string): Authenticator {
  if (user === '' || user.includes(':')) throw new TypeError('A user name for Basic authentication has no colon.');
  // eslint-disable-next-line no-control-regex -- RFC 7617 forbids control characters in both
  if (/[\u0000-\u001f\u007f]/.test(user + password)) {
    throw new TypeError('User name and password for Basic authentication have no control characters.');
  }
  const value = `Basic ${Buffer.from(`${user}:${password}`, 'utf8').toString('base64')}`;
  return { revealing: true, headers: async () => ({ authorization: value }), learn: async () => false };
}

/**
 * A bearer token (RFC 6750), as Knox's JWT provider takes it.
 * @param token the token, or where it changes, a function that gives the one of the moment
 * @throws TypeError which does not hold it
 */
export function bearer(token: string | (() => Promise<string>)): Authenticator {
  const checked = (value: string): string => {
    if (!/^[A-Za-z0-9._~+/-]+=*$/.test(value))
      throw new TypeError('The bearer token is not of the letters of RFC 6750.');
    return `Bearer ${value}`;
  };
  const headerOf = (value: string) => ({ authorization: checked(value) });
  const fixed = typeof token === 'string' ? headerOf(token) : undefined;
  return {
    revealing: true,
    headers: async () => fixed ?? headerOf(typeof token === 'string' ? token : await token()),
    learn: async () => false,
  };
}
