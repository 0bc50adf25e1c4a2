import type { IncomingMessage } from 'node:http';
import { ClientGone, HttpError } from './http-error.ts';
import { hasBody, wantBody } from './wanted-body.ts';

export interface BodyLimits {
  /** The most bytes of a body that is read whole. */
  readonly maxBodyBytes: number;
  /** ms within which such a body must have arrived. */
  readonly bodyTimeout: number;
}

/** A refused body is read away up to this multiple of the limit: a sender that is cut off never sees the answer. */
const drainFactor = 4;
const close = { Connection: 'close' };
const empty = Buffer.alloc(0);

/**
 * The request's body, whole, as it came: like MLflow's server, the edge looks at no Content-Encoding.
 * @throws HttpError 413 above the limit, 408 when it does not arrive in time; ClientGone
 */
export function readBody(request: IncomingMessage, limits: BodyLimits): Promise<Buffer> {
  if (!hasBody(request)) return Promise.resolve(empty);
  wantBody(request);
  const { maxBodyBytes, bodyTimeout } = limits;
  return new Promise((resolve, reject) => {
    let chunks: Buffer[] = [];
    let size = 0;
    const refuse = (error: Error): void => {
      clearTimeout(timer);
      request.off('data', take);
      chunks = [];
      reject(error);
    };
    const tooLarge = (): void => {
      refuse(new HttpError(413, 'BAD_REQUEST', `The request body exceeds ${String(maxBodyBytes)} bytes.`, close));
    };
    const tooSlow = (): void => {
      refuse(new HttpError(408, 'BAD_REQUEST', `The request body did not arrive in ${String(bodyTimeout)} ms.`, close));
    };
    const gone = (): void => {
      refuse(new ClientGone('The client went away while it sent its body.'));
    };
    const take = (chunk: Buffer): void => {
      size += chunk.length;
      if (size <= maxBodyBytes) chunks.push(chunk);
      else if (size <= maxBodyBytes * drainFactor) chunks = [];
      else tooLarge();
    };
    const timer = setTimeout(tooSlow, bodyTimeout);
    request.on('data', take);
    request.once('error', gone);
    request.once('close', gone);
    request.once('end', () => {
      request.off('close', gone);
      clearTimeout(timer);
      if (size > maxBodyBytes) tooLarge();
      else resolve(chunks.length === 1 && chunks[0] ? chunks[0] : Buffer.concat(chunks, size));
    });
  });
}
