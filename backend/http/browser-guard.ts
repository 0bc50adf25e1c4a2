import type { IncomingMessage } from 'node:http';
import { MlflowError } from '../errors.ts';
import { createCrossOrigin } from './cross-origin.ts';
import type { CrossOrigin } from './cross-origin.ts';
import { hostsLike, loopbackHosts } from './host-rule.ts';
import type { HostRule } from './host-rule.ts';
import { forwardedFront } from './origin-rule.ts';
import type { Front } from './origin-rule.ts';
import { pathOf } from './request-target.ts';

/** What is let in beside what a server lets in by itself; patterns as `matchesOne` reads them. */
export interface BrowserRules {
  /** The names by which the server may be called, in place of its own choice. */
  readonly allowedHosts: readonly string[] | undefined;
  readonly corsAllowedOrigins: readonly string[];
}

/** Keeps pages of other origins, which run in a user's browser and reach what the user reaches, from acting here. */
export interface BrowserGuard extends Pick<CrossOrigin, 'headers' | 'preflight'> {
  /** @throws MlflowError PERMISSION_DENIED of a request that a foreign page may have made */
  readonly check: (request: IncomingMessage) => void;
}

/** Probes call them by whatever name; they tell nothing of what is kept here. */
export const anyHostPaths: ReadonlySet<string> = new Set(['/health', '/version']);

/** Whether a pattern says nothing of a name, but for a port. */
const isAnyName = (pattern: string): boolean => /^[*?:\d]*$/.test(pattern);

const refusal = (message: string): MlflowError => new MlflowError('PERMISSION_DENIED', message);

/**
 * The guard of a server that browsers call themselves, on loopback (`direct`), or of one behind a gateway: that calls it
 * by whatever name, proves itself, and says by what name browsers called the gateway.
 */
export function createBrowserGuard(rules: BrowserRules, reached: 'direct' | 'by gateway'): BrowserGuard {
  const { allowedHosts, corsAllowedOrigins } = rules;
  const hostRule: HostRule | undefined = allowedHosts
    ? hostsLike(allowedHosts)
    : reached === 'direct'
      ? loopbackHosts
      : undefined;
  // Where any name will do, a page may have come by one of its own.
  const hostIsKnown = allowedHosts?.some(isAnyName) !== true;

  const frontOf = ({ headers, socket }: IncomingMessage): Front => {
    if (reached === 'by gateway') return forwardedFront(headers);
    const told = { 'x-forwarded-host': headers.host, 'x-forwarded-proto': 'encrypted' in socket ? 'https' : 'http' };
    return { origin: hostIsKnown ? forwardedFront(told).origin : undefined, local: true };
  };
  const { headers, preflight, isForeignWrite } = createCrossOrigin(corsAllowedOrigins, frontOf);

  return {
    headers,
    preflight,
    check: (request) => {
      if (hostRule && !hostRule(request.headers.host) && !anyHostPaths.has(pathOf(request.url))) {
        throw refusal('Invalid Host header - possible DNS rebinding attack detected (see --allowed-hosts)');
      }
      if (isForeignWrite(request)) throw refusal('Cross-origin request blocked (see --cors-allowed-origins)');
    },
  };
}
