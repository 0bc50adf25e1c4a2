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
  const body = new PassThrough();
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
  wantBody(request);
  request.pipe(body);
  return body;
}
