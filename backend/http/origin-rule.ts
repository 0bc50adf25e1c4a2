import type { IncomingHttpHeaders } from 'node:http';
import { isLoopback } from '../identity/loopback.ts';
import { hostnameOf } from './authority.ts';
import { matchesOne } from './name-pattern.ts';

/** By what a browser has reached this server. */
export interface Front {
  /** Scheme, host and port as a page of this server has them; undefined where nothing believable says so. */
  readonly origin: string | undefined;
  /** Whether pages that this machine serves, on whatever port, are its own. */
  readonly local: boolean;
}

const first = (header: string | string[] | undefined): string =>
  String(header ?? '')
    .split(',', 1)[0]
    ?.trim() ?? '';

/**
 * What the gateway says of the request that it got. A client can set these headers; a page of another origin cannot,
 * unless a preflight has let it.
 */
export function forwardedFront(headers: IncomingHttpHeaders): Front {
  const host = first(headers['x-forwarded-host']);
  const name = hostnameOf(host);
  const origin = name === undefined ? undefined : originOf(`${first(headers['x-forwarded-proto'])}://${host}`);
  return { origin, local: name !== undefined && isLoopback(name) };
}

/** An http or https origin as browsers write it; undefined for `null` and for what is none. */
function originOf(text: string): string | undefined {
  const authority = /^https?:\/\/(.+)$/i.exec(text)?.[1];
  if (authority === undefined || hostnameOf(authority) === undefined || !URL.canParse(text)) return undefined;
  return new URL(text).origin;
}

/** Whether a page of this origin may do what a page of this server may. */
export function isAllowedOrigin(origin: string, front: Front, listed: readonly string[]): boolean {
  if (matchesOne(listed, origin)) return true;
  const asWritten = originOf(origin);
  if (asWritten === undefined) return false;
  return asWritten === front.origin || (front.local && isLoopback(new URL(asWritten).hostname));
}
