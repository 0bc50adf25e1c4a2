import type { Credentials } from '../remote/index.ts';
import { ConfigError } from './config-error.ts';
import { secretContentOf } from './content-of.ts';

/** The scheme's name has no case (RFC 9110); the token's letters are those of RFC 6750. */
const bearer = /^Bearer +([A-Za-z0-9._~+/-]+=*)$/i;

/**
 * RFC 7617: the user has no colon, and neither has control characters, so no second line gets into a header. A token
 * that is not well-formed is no login.
 */
// eslint-disable-next-line no-control-regex -- it is control characters that are refused
const login = /^(?!Bearer )([^:\u0000-\u001f\u007f]+):([^\u0000-\u001f\u007f]+)$/i;

/**
 * The credentials in a file of one line, `user:password` or `Bearer` and a token.
 * @param flag that names the file, for the message
 * @throws ConfigError which holds neither, also where everybody can read or change the file
 */
export function credentialsIn(flag: string, file: string): Credentials {
  const line = secretContentOf(flag, file).trim();
  const [, token] = bearer.exec(line) ?? [];
  if (token !== undefined) return { scheme: 'bearer', token };
  const [, user, password] = login.exec(line) ?? [];
  if (user !== undefined && password !== undefined) return { scheme: 'basic', user, password };
  throw new ConfigError(`--${flag}: '${file}' must hold one line, user:password or Bearer and a token.`);
}
