import type { ServerResponse } from 'node:http';
import { pipeline } from 'node:stream/promises';
import type { Reply } from '../handler.ts';
import { endAnswer } from './end-answer.ts';

/**
 * As MLflow's server: no browser may take an artifact for what its type does not say, or frame an answer; and who may read
 * an answer depends on the page that asks.
 */
const everywhere = { 'X-Content-Type-Options': 'nosniff', 'X-Frame-Options': 'SAMEORIGIN', Vary: 'Origin' };

/**
 * Sends a reply; a stream with backpressure. When it ends early the connection is cut, so that a client never takes a
 * part for the whole; when the client goes the stream is destroyed.
 * @returns the bytes of the body that were sent
 */
export async function sendReply(response: ServerResponse, { status, headers, body }: Reply): Promise<number> {
  if (typeof body === 'string' || Buffer.isBuffer(body)) {
    const length = Buffer.byteLength(body);
    await endAnswer(response, status, { ...everywhere, ...headers, ...lengthHeader(status, length) }, body);
    return length;
  }
  response.writeHead(status, { ...everywhere, ...headers });
  if (response.req.method === 'HEAD') {
    body.destroy();
    response.end();
    return 0;
  }
  let sent = 0;
  body.on('data', (chunk: Buffer) => (sent += chunk.length));
  await pipeline(body, response);
  return sent;
}

const lengthHeader = (status: number, length: number): { 'Content-Length'?: number } =>
  status === 204 || status === 304 ? {} : { 'Content-Length': length };
