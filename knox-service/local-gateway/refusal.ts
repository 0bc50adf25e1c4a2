import type { OutgoingHttpHeaders, ServerResponse } from 'node:http';
import { endAnswer } from '../../backend/http/end-answer.ts';

/** What may be said of a refusal beside its status and reason. */
interface Details {
  /** Who the caller claimed to be. */
  readonly user?: string;
  /** Whether it is the last answer of its connection. */
  readonly closes?: boolean;
  readonly headers?: OutgoingHttpHeaders;
}

/** What the gateway answers by itself, with Knox's status; the text says more than Knox's page. */
export class Refusal extends Error {
  override readonly name = 'Refusal';
  readonly status: number;
  readonly user: string | undefined;
  readonly closes: boolean;
  readonly headers: OutgoingHttpHeaders;

  constructor(status: number, reason = '', { user, closes = false, headers = {} }: Details = {}) {
    super(reason);
    this.status = status;
    this.user = user;
    this.closes = closes;
    this.headers = closes ? { ...headers, Connection: 'close' } : headers;
  }
}

/** Answers a refusal, and 500 for any other error; cuts an answer off that has begun. */
export async function refuse(response: ServerResponse, error: unknown): Promise<void> {
  if (response.headersSent) {
    response.destroy();
    return;
  }
  const { status, message, headers } = error instanceof Refusal ? error : new Refusal(500, 'The gateway failed.');
  const body = status === 401 ? '' : `${message}\n`;
  const own: OutgoingHttpHeaders = {
    // Knox's challenge, whose body is empty and whose realm is Shiro's.
    ...(status === 401
      ? { 'WWW-Authenticate': 'BASIC realm="application"' }
      : { 'Content-Type': 'text/plain; charset=utf-8' }),
    'Cache-Control': 'no-store',
    Vary: 'Origin',
    'Content-Length': Buffer.byteLength(body),
    ...headers,
  };
  await endAnswer(response, status, own, body);
}
