import type { IncomingMessage, ServerResponse } from 'node:http';

/** Requests whose body somebody reads, and clients that wait to be told to send it (`Expect: 100-continue`). */
const wanted = new WeakSet<IncomingMessage>();
const waiting = new WeakMap<IncomingMessage, ServerResponse>();

/** Keeps a client waiting until somebody wants the body: one that is refused need not send it. */
export function holdBody(request: IncomingMessage, response: ServerResponse): void {
  waiting.set(request, response);
}

/** Said by whoever reads a request's body, before the first byte. */
export function wantBody(request: IncomingMessage): void {
  wanted.add(request);
  waiting.get(request)?.writeContinue();
  waiting.delete(request);
}

/** Whether a body was announced, by the headers. */
export function hasBody({ headers }: Pick<IncomingMessage, 'headers'>): boolean {
  const length = headers['content-length'];
  return headers['transfer-encoding'] !== undefined || (length !== undefined && length !== '0');
}

/** Whether a body is still on its way that nobody wants. What came together with the head has arrived. */
export async function isLeftUnread(request: IncomingMessage): Promise<boolean> {
  if (!hasBody(request) || wanted.has(request)) return false;
  await new Promise(setImmediate);
  return !request.complete;
}
