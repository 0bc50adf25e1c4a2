import type { IncomingMessage, RequestListener, ServerResponse } from 'node:http';
import { holdBody } from './wanted-body.ts';

/** How a server hands requests on, beside what Node does by itself. */
export interface Incoming {
  readonly request: RequestListener;
  /** Of a client that waits to be told to send its body: it is, by whoever reads it. */
  readonly checkContinue: RequestListener;
}

/**
 * Readies requests for `handle`.
 * @param restTimeout ms within which the rest of a body must have come once its request is answered
 */
export function incoming(handle: RequestListener, restTimeout: number): Incoming {
  const request = (message: IncomingMessage, response: ServerResponse): void => {
    toOriginForm(message);
    response.once('finish', () => {
      boundRest(message, restTimeout);
    });
    handle(message, response as Parameters<RequestListener>[1]);
  };
  return {
    request,
    checkContinue: (message, response) => {
      holdBody(message, response);
      request(message, response);
    },
  };
}

/** Of `GET http://host/path` the host counts, and not the Host header (RFC 9112 3.2.2). */
function toOriginForm(request: IncomingMessage): void {
  const [, authority, rest = ''] = /^https?:\/\/([^/?#]*)(.*)$/i.exec(request.url ?? '') ?? [];
  if (authority === undefined) return;
  request.headers.host = authority;
  request.url = rest.startsWith('/') ? rest : `/${rest}`;
}

/** Node reads the rest of a body for as long as it comes, and be it a byte a minute. */
function boundRest(request: IncomingMessage, restTimeout: number): void {
  if (request.complete) return;
  const timer = setTimeout(() => request.socket.destroy(), restTimeout);
  request.once('close', () => {
    clearTimeout(timer);
  });
}
