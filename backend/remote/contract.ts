import type { IncomingHttpHeaders } from 'node:http';
import type { Readable } from 'node:stream';

/** One HTTP request to a server of the cluster. */
export interface RemoteRequest {
  readonly method: 'GET' | 'HEAD' | 'PUT' | 'POST' | 'DELETE';
  /** Path below the address's own path, with its query: begins with `/`, already percent-encoded, no dot segments. */
  readonly path: string;
  readonly headers?: Readonly<Record<string, string>>;
  /** A stream is sent once, with backpressure; it is left as it stands where the request was refused before its end. */
  readonly body?: Buffer | Readable;
  readonly signal?: AbortSignal | undefined;
  /** ms until the answer's headers; without it, the remote's own limit. */
  readonly timeout?: number;
}

/** An answer whose body has been read. */
export interface RemoteAnswer {
  readonly status: number;
  readonly headers: IncomingHttpHeaders;
  readonly body: Buffer;
  /** The address that answered. */
  readonly address: URL;
}

/** An answer whose body flows; whoever gets it reads it to its end or destroys it. It ends with an error if it is cut. */
export interface StreamedAnswer extends Omit<RemoteAnswer, 'body'> {
  readonly body: Readable;
}

/**
 * Several addresses of one service (HBase REST servers, NameNodes), with failover, a circuit breaker for each, capped
 * keep-alive sockets, time limits and verified TLS. Redirects are answers like any other. What is sent to it as
 * credentials goes to these addresses and nowhere else.
 */
export interface Remote {
  /**
   * Sends to one address after the other until one answers. Only a request that never left (no connection) or that the
   * caller declares `repeatable` is sent again, with jittered pauses and within a total time.
   * @throws RemoteUnavailable; what the signal was aborted with; what a stream that is the body failed with
   */
  send(request: RemoteRequest, options: SendOptions): Promise<RemoteAnswer>;

  /** As `send`, with the body of the answer flowing. Never repeated once a body has begun to be sent. */
  stream(request: RemoteRequest, options: SendOptions): Promise<StreamedAnswer>;

  /** Lets go of all sockets; what is under way fails. Idempotent. */
  close(): Promise<void>;
}

export interface SendOptions {
  /** Whether sending it twice does what sending it once does. */
  readonly repeatable: boolean;
  /**
   * Says whether an answer settles it, all do without it. What it declines (false: a 503) counts as no answer, after which
   * only what is repeatable goes on; after `not-done` (a standby, which did nothing for certain) everything does whose
   * body can be sent again. The body is there in `send` alone.
   */
  readonly accept?: (
    answer: Pick<RemoteAnswer, 'status' | 'headers' | 'address'> & { readonly body?: Buffer },
  ) => boolean | 'not-done';
  /** Only this address: a scanner lives on the server that opened it. */
  readonly only?: URL;
}

/**
 * Makes the headers by which a request proves who sends it, and learns from answers (cookies, challenges). It is asked
 * for the configured addresses alone; `target` is the address that the request goes to.
 */
export interface Authenticator {
  /** True where whoever listens could use the headers (a password): refused for plain http beyond loopback. */
  readonly revealing?: boolean;
  headers(target: URL): Promise<Readonly<Record<string, string>>>;
  /** @returns whether the request, answered 401, should be sent once more with new headers, as after an expired cookie */
  learn(target: URL, answer: Pick<RemoteAnswer, 'status' | 'headers'>): Promise<boolean>;
}

/** No address answered, or the answer broke off. */
export class RemoteUnavailable extends Error {
  override readonly name = 'RemoteUnavailable';
  /** True where it is certain that no server has seen the request. */
  readonly unsent: boolean;

  constructor(message: string, unsent: boolean, options?: ErrorOptions) {
    super(message, options);
    this.unsent = unsent;
  }
}
