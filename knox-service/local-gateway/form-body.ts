import type { IncomingMessage } from 'node:http';
import { rewriteForm } from '../../rewrite-generator/engine/index.ts';

const maxForm = 1024 * 1024;

/** Whether Knox would decode the body and encode it again. */
export function hasFormBody({ headers }: IncomingMessage): boolean {
  return headers['content-type']?.startsWith('application/x-www-form-urlencoded') ?? false;
}

/**
 * A form as Knox forwards it; undefined where it is longer than is read into memory.
 * @throws QueryError where it cannot be decoded
 */
export async function readForm(request: IncomingMessage): Promise<Buffer | undefined> {
  const chunks: Buffer[] = [];
  let length = 0;
  for await (const chunk of request as AsyncIterable<Buffer>) {
    length += chunk.length;
    if (length > maxForm) return undefined;
    chunks.push(chunk);
  }
  return Buffer.from(rewriteForm(Buffer.concat(chunks).toString('utf8')));
}
