import { randomBytes } from 'node:crypto';

const safe = /^[A-Za-z0-9][A-Za-z0-9._:-]{0,63}$/;

/** The client's or gateway's X-Request-Id where it can stand in a log line as it is; else 16 fresh hex digits. */
export function requestIdOf(header: string | undefined): string {
  return header !== undefined && safe.test(header) ? header : randomBytes(8).toString('hex');
}
