import type { ServerResponse } from 'node:http';

/** What the gateway answers by itself, with Knox's status; the text says more than Knox's page. */
export class Refusal extends Error {
  override readonly name = 'Refusal';
  readonly status: number;

  constructor(status: number, reason = '') {
    super(reason);
    this.status = status;
  }
}

/** Answers a refusal, and 500 for any other error; cuts an answer off that has begun. */
export function refuse(response: ServerResponse, error: unknown): void {
  if (response.headersSent) {
    response.destroy();
    return;
  }
  const { status, message } = error instanceof Refusal ? error : new Refusal(500, 'The gateway failed.');
  // A body that nobody reads would stand before the next request.
  if (status === 413) response.shouldKeepAlive = false;
  // Knox's challenge, whose body is empty and whose realm is Shiro's.
  if (status === 401) response.setHeader('WWW-Authenticate', 'BASIC realm="application"');
  else response.setHeader('Content-Type', 'text/plain; charset=utf-8');
  response.writeHead(status, { 'Cache-Control': 'no-store' });
  response.end(status === 401 ? '' : `${message}\n`);
}
