import { request } from 'node:https';
import type { ClientRequest, IncomingMessage } from 'node:http';
import { buffer } from 'node:stream/consumers';
import { stack } from './hooks.ts';

/** What is asked of a topology of the test gateway. */
export interface Question {
  /** Behind `/gateway`, such as `/sandbox/kirka/version`. */
  readonly path: string;
  readonly method?: string;
  /** `guest` if absent. */
  readonly user?: string;
  /** `<user>-password` if absent. */
  readonly password?: string;
  readonly headers?: Readonly<Record<string, string>>;
}

/** A whole answer. */
export interface Answered {
  readonly status: number;
  readonly headers: IncomingMessage['headers'];
  readonly body: Buffer;
}

/** Opens a request on a connection of its own; the caller writes the body, ends it and takes the answer. */
export function open({ path, method = 'GET', user = 'guest', password, headers = {} }: Question): ClientRequest {
  const { knox, ca } = stack();
  const authorization = `Basic ${Buffer.from(`${user}:${password ?? `${user}-password`}`).toString('base64')}`;
  return request(`${knox.url}/gateway${path}`, { method, ca, agent: false, headers: { authorization, ...headers } });
}

/** The answer to an opened request, its body still to be read. */
export function answerTo(call: ClientRequest): Promise<IncomingMessage> {
  return new Promise((resolve, reject) => {
    call.once('response', resolve);
    call.once('error', reject);
  });
}

/** Asks and reads the whole answer. */
export async function ask(question: Question, body?: string | Buffer): Promise<Answered> {
  const call = open(question);
  // Node announces none with GET, HEAD and DELETE, and then it is none.
  if (body !== undefined) call.setHeader('content-length', Buffer.byteLength(body));
  call.end(body);
  const answer = await answerTo(call);
  return { status: answer.statusCode ?? 0, headers: answer.headers, body: await buffer(answer) };
}
