import type { IncomingMessage } from 'node:http';
import { PassThrough } from 'node:stream';
import type { Readable } from 'node:stream';
import { ClientGone } from './http-error.ts';
import { wantBody } from './wanted-body.ts';

/**
 * The request's body as a stream that a handler may destroy. Destroying the request itself would cut the connection
 * before the answer; destroying this only drops the rest of the body. It fails with ClientGone where the body ends early.
 */
export function streamBody(request: IncomingMessage): Readable {
  const body = new WantedBody(() => {
    wantBody(request);
    request.pipe(body);
  });
  const gone = (): void => {
    if (!request.complete) body.destroy(new ClientGone('The client went away while it sent its body.'));
  };
  request.once('error', gone);
  request.once('close', gone);
  // The handler may have gone before the client: then nobody listens to what became of the body.
  body.on('error', () => undefined);
  body.once('close', () => {
    request.unpipe(body);
    request.resume();
  });
  return body;
}

/** Begins when it is first read: who refuses a request by its head alone has not asked for its body. */
class WantedBody extends PassThrough {
  #begin: (() => void) | undefined;

  constructor(begin: () => void) {
    super();
    this.#begin = begin;
  }

  override _read(size: number): void {
    this.#begin?.();
    this.#begin = undefined;
    super._read(size);
  }
}
