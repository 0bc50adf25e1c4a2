import type { IncomingMessage } from 'node:http';
import type { Reply } from '../handler.ts';
import { corsHeaders, isPreflight, preflightReply } from './cors.ts';
import { isAllowedOrigin } from './origin-rule.ts';
import type { Front } from './origin-rule.ts';

/** What is answered to pages by their origin. */
export interface CrossOrigin {
  /** What an answer must have so that an allowed page can read it. */
  readonly headers: (request: IncomingMessage) => Readonly<Record<string, string>>;
  /** The answer to a preflight; undefined of any other request. */
  readonly preflight: (request: IncomingMessage) => Reply | undefined;
  /** Whether a request that writes comes from a page that may not. */
  readonly isForeignWrite: (request: IncomingMessage) => boolean;
}

const readingMethods = new Set(['GET', 'HEAD', 'OPTIONS']);

/** @param listed - patterns of other origins that may do what pages of this server may */
export function createCrossOrigin(
  listed: readonly string[],
  frontOf: (request: IncomingMessage) => Front,
): CrossOrigin {
  const everybody = listed.includes('*');
  const isAllowed = (request: IncomingMessage): boolean =>
    isAllowedOrigin(request.headers.origin ?? '', frontOf(request), listed);
  return {
    headers: (request) =>
      request.headers.origin && isAllowed(request) ? corsHeaders(request.headers.origin, everybody) : {},
    preflight: (request) =>
      isPreflight(request) ? preflightReply(request.headers, isAllowed(request), everybody) : undefined,
    isForeignWrite: (request) =>
      !readingMethods.has(request.method ?? '') && !!request.headers.origin && !isAllowed(request),
  };
}
