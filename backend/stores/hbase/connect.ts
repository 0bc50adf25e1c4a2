import { authenticatorOf, openRemote } from '../../remote/index.ts';
import type { Credentials } from '../../remote/index.ts';
import { hbaseRest } from './rest/index.ts';
import type { HBaseRest } from './rest/index.ts';

/** How the REST servers are reached. Times in ms. */
export interface HBaseAddress {
  /** Base addresses, without credentials; a path is put before every request's. */
  readonly addresses: readonly string[];
  /** PEM of the authority that signed their certificates, instead of the system's. */
  readonly ca: string | undefined;
  readonly credentials: Credentials | undefined;
  /** Until an answer must have come, other servers tried included. */
  readonly timeout: number;
  /** Most connections to each of them. */
  readonly sockets: number;
  /** Told of a server that is left alone after failures, and of its return. */
  readonly onAvailability?: (address: string, available: boolean, reason: string | undefined) => void;
}

/** A connection, as `openHBaseStore` takes it. */
export interface HBaseConnection {
  readonly rest: HBaseRest;
  readonly name: string;
  readonly release: () => Promise<void>;
}

/** Reaches HBase by its REST servers; nothing is sent yet. */
export function connectHBase(address: HBaseAddress): HBaseConnection {
  const { addresses, ca, credentials, timeout, sockets, onAvailability } = address;
  const remote = openRemote({
    name: 'HBase REST',
    addresses,
    spread: true,
    limits: { maxSockets: sockets, answer: timeout * 0.8, idle: timeout * 0.8, total: timeout },
    ...(ca === undefined ? {} : { ca }),
    ...(credentials === undefined ? {} : { authenticator: authenticatorOf(credentials) }),
    ...(onAvailability === undefined ? {} : { onAvailability }),
  });
  return { rest: hbaseRest(remote), name: addresses.join(', '), release: () => remote.close() };
}
