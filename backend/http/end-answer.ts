import type { OutgoingHttpHeaders, ServerResponse } from 'node:http';
import { isLeftUnread } from './wanted-body.ts';

/**
 * What is still read of a body that nobody wants, before its connection is closed: a sender that is cut off at once may
 * never see the answer.
 */
export interface Patience {
  readonly bytes: number;
  readonly ms: number;
}
const standard: Patience = { bytes: 64 * 1024, ms: 2000 };

/** Sends an answer as a whole. Where it came before anybody wanted the request's body it closes the connection. */
export async function endAnswer(
  response: ServerResponse,
  status: number,
  headers: OutgoingHttpHeaders,
  body: string | Buffer,
  patience = standard,
): Promise<void> {
  const closes = await isLeftUnread(response.req);
  response.writeHead(status, closes ? { ...headers, Connection: 'close' } : headers);
  if (closes) endUnread(response, body, patience);
  else response.end(body);
}

/** Sends the answer now, and ends it, which closes the connection, when the body is over or patience with it is. */
function endUnread(response: ServerResponse, body: string | Buffer, { bytes, ms }: Patience): void {
  const { req: request } = response;
  let read = 0;
  const end = (): void => {
    clearTimeout(timer);
    request.off('data', count);
    response.end();
  };
  const count = (chunk: Buffer): void => {
    read += chunk.length;
    if (read > bytes) end();
  };
  const timer = setTimeout(end, ms);
  response.flushHeaders();
  if (body.length > 0) response.write(body);
  request.on('data', count);
  request.once('close', end);
}
