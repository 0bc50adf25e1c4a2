import type { IncomingMessage } from 'node:http';
import { HttpError } from '../../backend/http/http-error.ts';
import { readBody } from '../../backend/http/read-body.ts';
import { QueryError, rewriteForm } from '../../rewrite-generator/engine/index.ts';
import { Refusal } from './refusal.ts';

const maxForm = 1024 * 1024;

/** Whether Knox would decode the body and encode it again. */
export function hasFormBody({ headers }: IncomingMessage): boolean {
  return headers['content-type']?.startsWith('application/x-www-form-urlencoded') ?? false;
}

/**
 * A form as Knox forwards it.
 * @param timeout - ms within which it must have come
 * @throws Refusal where it is longer than is read into memory, does not come, or cannot be decoded; ClientGone
 */
export async function readForm(request: IncomingMessage, timeout: number): Promise<Buffer> {
  try {
    const form = await readBody(request, { maxBodyBytes: maxForm, bodyTimeout: timeout });
    return Buffer.from(rewriteForm(form.toString('utf8')));
  } catch (error) {
    if (error instanceof HttpError) {
      throw new Refusal(error.status, `A form is read into memory. ${error.message}`, { closes: true });
    }
    if (error instanceof QueryError) throw new Refusal(500, `The form cannot be decoded: ${error.message}.`);
    throw error;
  }
}
