import type { IncomingHttpHeaders } from 'node:http';

/** Hadoop's name for it (AuthenticatedURL.AUTH_COOKIE). HBase REST uses the same filter. */
const name = 'hadoop.auth';

/** A signed token that stands for a ticket until it expires. Secret: it is all that a caller needs. */
export interface AuthCookie {
  /** `name=value`, as it is sent back. */
  readonly pair: string;
  /** When to stop using it, in ms of our own clock; undefined where the server did not say. */
  readonly until: number | undefined;
}

/** The longest time before its end from which on a cookie is no longer sent: a request may take its time to arrive. */
const margin = 30_000;

/**
 * The cookie that an answer sets.
 * @returns `'deleted'` where the answer takes it away, as Hadoop does when it refuses one or the ticket; undefined where
 * it says nothing of it
 */
export function cookieIn(headers: IncomingHttpHeaders, now: number): AuthCookie | 'deleted' | undefined {
  const found = (headers['set-cookie'] ?? []).findLast((line) => line.startsWith(`${name}=`));
  if (found === undefined) return undefined;
  const [pair = '', ...attributes] = found.split(';').map((part) => part.trim());
  const value = pair.slice(name.length + 1).replace(/^"(.*)"$/, '$1');
  // A control character would end the header; Node refuses it anyway.
  if (!/^[\x21-\x7e]+$/.test(value)) return 'deleted';
  const life = lifeOf(value, attributes, headers.date, now);
  if (life === undefined) return { pair, until: undefined };
  if (life <= 0) return 'deleted';
  return { pair, until: now + life - Math.min(margin, life / 10) };
}

/** The time left in ms, by the server's own clock where it can be told. */
function lifeOf(
  value: string,
  attributes: readonly string[],
  date: string | undefined,
  now: number,
): number | undefined {
  const serverNow = Date.parse(date ?? '') || now;
  const maxAge = /^max-age=(-?\d{1,15})$/i;
  const expires = /^expires=(.+)$/i;
  const lives = [
    // Of the token itself: u=...&p=...&t=kerberos&e=<ms since 1970>&s=<signature>
    Number(/(?:^|&)e=(\d{1,16})(?:&|$)/.exec(value)?.[1] ?? NaN) - serverNow,
    ...attributes.map((each) => Number(maxAge.exec(each)?.[1] ?? NaN) * 1000),
    ...attributes.map((each) => Date.parse(expires.exec(each)?.[1] ?? '') - serverNow),
  ].filter((life) => !Number.isNaN(life));
  return lives.length === 0 ? undefined : Math.min(...lives);
}
