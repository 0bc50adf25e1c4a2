import type { IncomingMessage } from 'node:http';
import { QueryError, rewriteForm } from '../../rewrite-generator/engine/index.ts';
import { Refusal } from './refusal.ts';

const maxForm = 1024 * 1024;

/** Whether Knox would decode the body and encode it again. */
export function hasFormBody({ headers }: IncomingMessage): boolean {
  return headers['content-type']?.startsWith('application/x-www-form-urlencoded') ?? false;
}

/**
 * A form as Knox forwards it.
 * @throws Refusal where it is longer than is read into memory, or cannot be decoded
 */
export async function readForm(request: IncomingMessage): Promise<Buffer> {
  const chunks: Buffer[] = [];
  let length = 0;
  for await (const chunk of request as AsyncIterable<Buffer>) {
    length += chunk.length;
    if (length > maxForm) throw new Refusal(413, 'A form is read into memory, and this one is too long.');
    chunks.push(chunk);
  }
  try {
    return Buffer.from(rewriteForm(Buffer.concat(chunks).toString('utf8')));
  } catch (error) {
    if (error instanceof QueryError) throw new Refusal(500, `The form cannot be decoded: ${error.message}.`);
    throw error;
  }
}
