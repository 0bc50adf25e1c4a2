import type { IncomingMessage } from 'node:http';
import { ByteBudget } from '../../backend/http/byte-budget.ts';
import { HttpError } from '../../backend/http/http-error.ts';
import { readBody } from '../../backend/http/read-body.ts';
import type { HeldBody } from '../../backend/http/read-body.ts';
import { QueryError, rewriteForm } from '../../rewrite-generator/engine/index.ts';
import { Refusal } from './refusal.ts';

const maxForm = 1024 * 1024;
/** Bytes of all forms that are held at a time. */
const maxHeld = 64 * maxForm;

/** Whether Knox would decode the body and encode it again. */
export function hasFormBody({ headers }: IncomingMessage): boolean {
  return headers['content-type']?.startsWith('application/x-www-form-urlencoded') ?? false;
}

/**
 * Reads forms, and gives them as Knox forwards them.
 * @param timeout - ms within which one must have come
 * @throws (what it makes) Refusal of one that is longer than is read into memory, does not come, or cannot be decoded;
 * ClientGone
 */
export function createFormReader(timeout: number): (request: IncomingMessage) => Promise<HeldBody> {
  const budget = new ByteBudget(maxHeld);
  return async (request) => {
    const form = await readBody(request, { maxBodyBytes: maxForm, bodyTimeout: timeout }, budget).catch(refused);
    try {
      return { bytes: Buffer.from(rewriteForm(form.bytes.toString('utf8'))), release: form.release };
    } catch (error) {
      form.release();
      if (error instanceof QueryError) throw new Refusal(500, `The form cannot be decoded: ${error.message}.`);
      throw error;
    }
  };
}

function refused(error: unknown): never {
  if (!(error instanceof HttpError)) throw error;
  const { status, message, headers } = error;
  throw new Refusal(status, `A form is read into memory. ${message}`, { closes: true, headers });
}
