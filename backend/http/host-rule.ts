import { isLoopback } from '../identity/loopback.ts';
import { hostnameOf } from './authority.ts';
import { matchesOne } from './name-pattern.ts';

/** Whether a request may call this server by the name in its Host header. */
export type HostRule = (host: string | undefined) => boolean;

/** By no name that a page could have pointed at this machine. */
export const loopbackHosts: HostRule = (host) => host !== undefined && isLoopback(hostnameOf(host) ?? '');

/** By the names that an administrator lists, as MLflow's server reads them: in place of all others, port included. */
export const hostsLike =
  (patterns: readonly string[]): HostRule =>
  (host) =>
    host !== undefined && host !== '' && matchesOne(patterns, host);
