import type { IncomingMessage } from 'node:http';

/** Bytes of request line and headers that Knox takes, unless its `gateway.httpserver.requestHeaderBuffer` is raised. */
const maxHead = 8 * 1024;

/** The status of a request that is too long for Knox, and undefined for others. */
export function tooLong({ method = '', url = '', rawHeaders }: IncomingMessage): 414 | 431 | undefined {
  const line = `${method} ${url} HTTP/1.1\r\n`.length;
  if (line > maxHead) return 414;
  // Name and value stand with two more bytes each: `: ` and CRLF.
  const headers = rawHeaders.reduce((sum, text) => sum + text.length + 2, 0);
  return line + headers > maxHead ? 431 : undefined;
}
