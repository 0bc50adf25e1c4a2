import type { Authenticator } from './contract.ts';

/** All times are in ms. */
export interface RemoteLimits {
  /** Sockets for each address; what is more waits. */
  readonly maxSockets: number;
  /** For a free socket, where all are taken. */
  readonly queue: number;
  /** For the connection, its TLS handshake included. */
  readonly connect: number;
  /** From the last byte of the request to the answer's headers. */
  readonly answer: number;
  /** Between two pieces of a body, in either direction, while the other side is the one waited for. */
  readonly idle: number;
  /** From the first attempt on: after it no further attempt begins. */
  readonly total: number;
  /** A socket unused for so long is closed. Below the servers' own limit (Jetty: 30 s), or requests meet dead sockets. */
  readonly keepAlive: number;
  /** Failures in a row after which an address is left alone. */
  readonly failures: number;
  /** How long it is left alone before one request tries it again. */
  readonly openFor: number;
  /** The longest pause between two rounds over all addresses; pauses are random and their bound doubles up to it. */
  readonly pause: number;
  /** Bytes of an answer that is read into memory. */
  readonly maxAnswer: number;
}

export interface RemoteOptions {
  /** What the servers are, for messages: `HBase REST`. */
  readonly name: string;
  /**
   * Base addresses, http or https, whose path is put before every request's: `https://knox:8443/gateway/t/hbase`. They
   * carry no user, password, query or fragment.
   */
  readonly addresses: readonly (string | URL)[];
  /** Where true, requests begin at each address in turn (servers that are all alike); else at the one that answered last. */
  readonly spread?: boolean;
  /** PEM of the authorities trusted instead of the system's. Nothing turns verification off. */
  readonly ca?: string | Buffer;
  readonly authenticator?: Authenticator;
  readonly limits?: Partial<RemoteLimits>;
  /** Told, for the log, of an address that is left alone after failures, and of its return. */
  readonly onAvailability?: (address: string, available: boolean, reason: string | undefined) => void;
}

export const defaultLimits: RemoteLimits = {
  maxSockets: 32,
  queue: 10_000,
  connect: 3_000,
  answer: 20_000,
  idle: 20_000,
  total: 25_000,
  keepAlive: 10_000,
  failures: 3,
  openFor: 3_000,
  pause: 1_000,
  maxAnswer: 64 * 1024 * 1024,
};
