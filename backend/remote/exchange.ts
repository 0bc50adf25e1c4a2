import type { Agent, ClientRequest } from 'node:http';
import { request as requestHttp } from 'node:http';
import { request as requestHttps } from 'node:https';
import type { Socket } from 'node:net';
import { Readable } from 'node:stream';
import { pathOf, shown } from './addresses.ts';
import type { RemoteRequest, StreamedAnswer } from './contract.ts';
import { RemoteUnavailable } from './contract.ts';
import { flowingBody } from './flowing-body.ts';
import { NoAnswer } from './no-answer.ts';
import type { RemoteLimits } from './options.ts';
import { Watch } from './watch.ts';

/** How requests reach their address. */
export interface Connections {
  readonly agentOf: (address: URL) => Agent;
  readonly limits: RemoteLimits;
  /** Is given each request, so that it can be ended from outside. */
  readonly opened: (outgoing: ClientRequest) => void;
}

/** Sockets whose connection stands, with its certificate verified where there is one. */
const standing = new WeakSet<Socket>();

/**
 * One request to one address. Nothing of it is written before the connection stands.
 * @throws NoAnswer, what the signal was aborted with, or the error of a stream that is the body
 */
export function exchange(
  address: URL,
  request: RemoteRequest,
  headers: Readonly<Record<string, string>>,
  { agentOf, limits, opened }: Connections,
): Promise<StreamedAnswer> {
  return new Promise((resolve, reject) => {
    const { signal, body } = request;
    signal?.throwIfAborted();
    const outgoing = (address.protocol === 'https:' ? requestHttps : requestHttp)({
      agent: agentOf(address),
      host: address.hostname.replace(/^\[|\]$/g, ''),
      port: address.port,
      method: request.method,
      path: pathOf(address) + request.path,
      headers,
    });
    opened(outgoing);
    let unsent = true;
    let connecting = false;
    let done = false;
    let failure: unknown;

    const fail = (error: unknown): void => {
      failure ??= error;
      outgoing.destroy();
      settled();
      reject(failure);
    };
    const watch = new Watch((what) => fail(new NoAnswer(what, { unsent, server: connecting || !unsent })));
    const aborted = (): void => fail(signal?.reason);
    const bodyFailed = (error?: Error): void => {
      if (body instanceof Readable && !body.readableEnded) fail(error ?? new Error('The body to send ended early.'));
    };
    const settled = (): void => {
      done = true;
      watch.clear();
      if (body instanceof Readable) body.unpipe(outgoing).off('error', bodyFailed).off('close', bodyFailed);
    };

    const write = (socket: Socket): void => {
      unsent = false;
      const progress = (): string => `${socket.bytesWritten} ${socket.writableLength}`;
      let seen = progress();
      // While it is the body that we wait for, or the server takes some of it, all is well.
      watch.set(limits.idle, 'the request was not taken', () => {
        const last = seen;
        seen = progress();
        return seen !== last || !(outgoing.writableEnded || outgoing.writableNeedDrain);
      });
      outgoing.once('finish', () => {
        if (!done) watch.set(request.timeout ?? limits.answer, 'no answer');
      });
      if (!(body instanceof Readable)) outgoing.end(body);
      // With nothing in it, it may have come to its end before anyone read it.
      else if (body.readableEnded) outgoing.end();
      else if (body.destroyed) bodyFailed(body.errored ?? undefined);
      else body.on('error', bodyFailed).on('close', bodyFailed).pipe(outgoing);
    };

    watch.set(limits.queue, 'no socket free');
    signal?.addEventListener('abort', aborted, { once: true });
    outgoing.on('close', () => signal?.removeEventListener('abort', aborted));
    outgoing.on('socket', (socket) => {
      if (failure !== undefined) return;
      if (standing.has(socket)) return write(socket);
      connecting = true;
      watch.set(limits.connect, 'no connection');
      socket.once(address.protocol === 'https:' ? 'secureConnect' : 'connect', () => {
        standing.add(socket);
        if (failure === undefined) write(socket);
      });
    });
    outgoing.on('error', (error) => fail(new NoAnswer(codeOf(error), { unsent }, { cause: error })));
    outgoing.on('response', (incoming) => {
      settled();
      // An answer before the request's end refuses the rest of it: the connection cannot serve another.
      if (!outgoing.writableFinished) incoming.once('end', () => outgoing.destroy());
      const cut = (reason: string) => failure ?? new RemoteUnavailable(`${shown(address)}: ${reason}`, false);
      resolve({
        status: incoming.statusCode ?? 0,
        headers: incoming.headers,
        body: flowingBody(incoming, limits.idle, (reason) => {
          const error = signal?.aborted === true ? signal.reason : cut(reason);
          return error instanceof Error ? error : new Error(String(error));
        }),
        address,
      });
    });
  });
}

/** What a system's or TLS's error is, without what it may quote. */
function codeOf(error: Error): string {
  return 'code' in error && typeof error.code === 'string' ? error.code : error.name;
}
