import type { IncomingMessage } from 'node:http';
import type { ByteBudget } from './byte-budget.ts';
import { ClientGone, HttpError } from './http-error.ts';
import { hasBody, wantBody } from './wanted-body.ts';

export interface BodyLimits {
  /** The most bytes of a body that is read whole. */
  readonly maxBodyBytes: number;
  /** ms within which such a body must have arrived. */
  readonly bodyTimeout: number;
}

/** A body that is held in memory. */
export interface HeldBody {
  readonly bytes: Buffer;
  /** To be called once nobody needs it any more: others may have the memory then. */
  readonly release: () => void;
}

/** A refused body is read away up to this multiple of the limit: a sender that is cut off never sees the answer. */
const drainFactor = 4;
const close = { Connection: 'close' };
const empty: HeldBody = { bytes: Buffer.alloc(0), release: () => undefined };

/**
 * The request's body, whole, as it came: like MLflow's server, the edge looks at no Content-Encoding.
 * @param budget what all bodies together may take; it is asked for each piece as it arrives
 * @throws HttpError 413 above the limit, 408 when it does not arrive in time, 503 where the budget is used up; ClientGone
 */
export function readBody(request: IncomingMessage, limits: BodyLimits, budget: ByteBudget): Promise<HeldBody> {
  if (!hasBody(request)) return Promise.resolve(empty);
  wantBody(request);
  const { maxBodyBytes, bodyTimeout } = limits;
  return new Promise((resolve, reject) => {
    let chunks: Buffer[] = [];
    let size = 0;
    let held = 0;
    const drop = (): void => {
      chunks = [];
      budget.giveBack(held);
      held = 0;
    };
    const refuse = (error: Error): void => {
      clearTimeout(timer);
      request.off('data', take);
      drop();
      reject(error);
    };
    const tooLarge = (): void => {
      refuse(new HttpError(413, 'BAD_REQUEST', `The request body exceeds ${String(maxBodyBytes)} bytes.`, close));
    };
    const tooSlow = (): void => {
      refuse(new HttpError(408, 'BAD_REQUEST', `The request body did not arrive in ${String(bodyTimeout)} ms.`, close));
    };
    const noMemory = (): void => {
      const headers = { ...close, 'Retry-After': '1' };
      refuse(new HttpError(503, 'TEMPORARILY_UNAVAILABLE', 'Too many large requests at a time. Try again.', headers));
    };
    const gone = (): void => {
      refuse(new ClientGone('The client went away while it sent its body.'));
    };
    const take = (chunk: Buffer): void => {
      size += chunk.length;
      if (size > maxBodyBytes) {
        drop();
        if (size > maxBodyBytes * drainFactor) tooLarge();
      } else if (budget.take(chunk.length)) {
        held += chunk.length;
        chunks.push(chunk);
      } else noMemory();
    };
    const timer = setTimeout(tooSlow, bodyTimeout);
    request.on('data', take);
    request.once('error', gone);
    request.once('close', gone);
    request.once('end', () => {
      request.off('close', gone);
      clearTimeout(timer);
      if (size > maxBodyBytes) return tooLarge();
      const bytes = chunks.length === 1 && chunks[0] ? chunks[0] : Buffer.concat(chunks, size);
      chunks = [];
      resolve({ bytes, release: drop });
    });
  });
}
