import type { IncomingMessage } from 'node:http';
import { Refusal } from './refusal.ts';

/** Bytes of request line and headers that Knox takes, unless its `gateway.httpserver.requestHeaderBuffer` is raised. */
const maxHead = 8 * 1024;

/** @throws Refusal of a request that is too long for Knox */
export function requireShort({ method = '', url = '', rawHeaders }: IncomingMessage): void {
  const line = `${method} ${url} HTTP/1.1\r\n`.length;
  if (line > maxHead) throw new Refusal(414, 'The URL is longer than the 8 KB that Knox takes.');
  // Name and value stand with two more bytes each: `: ` and CRLF.
  const headers = rawHeaders.reduce((sum, text) => sum + text.length + 2, 0);
  if (line + headers > maxHead) throw new Refusal(431, 'The headers are longer than the 8 KB that Knox takes.');
}
