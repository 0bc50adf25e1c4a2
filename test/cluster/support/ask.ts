import { readFileSync } from 'node:fs';
import { request as requestHttp } from 'node:http';
import { request as requestHttps } from 'node:https';
import type { IncomingHttpHeaders } from 'node:http';
import { buffer } from 'node:stream/consumers';
import { gateway } from './hooks.ts';

/** A whole answer. */
export interface Answer {
  readonly status: number;
  readonly headers: IncomingHttpHeaders;
  readonly body: Buffer;
}

/** What is asked of a server, or of the gateway, which is shown user and password. */
export interface Question {
  readonly method?: string;
  readonly headers?: Readonly<Record<string, string>>;
  readonly body?: Buffer | string;
  /** User of the gateway's LDAP; only for addresses of the gateway. */
  readonly user?: string;
  /** PEM of the gateway; that of the shared cluster's if absent. */
  readonly ca?: string;
}

/** Asks a server once, without following where it sends to, on a connection of its own. */
export function ask(url: string, { method = 'GET', headers = {}, body, user, ca }: Question = {}): Promise<Answer> {
  const options = { method, headers, agent: false as const };
  return new Promise((resolve, reject) => {
    const call = url.startsWith('https:')
      ? requestHttps(url, {
          ...options,
          ca: ca ?? readFileSync(gateway().caFile),
          ...(user ? { auth: `${user}:${user}-password` } : {}),
        })
      : requestHttp(url, options);
    call.once('error', reject).once('response', (response) => {
      buffer(response).then((whole) => {
        resolve({ status: response.statusCode ?? 0, headers: response.headers, body: whole });
      }, reject);
    });
    call.end(body);
  });
}

/** @throws Error with the answer where it has another status */
export async function expectStatus(status: number, url: string, question: Question = {}): Promise<Answer> {
  const answer = await ask(url, question);
  if (answer.status === status) return answer;
  throw new Error(
    `${question.method ?? 'GET'} ${url}: ${String(answer.status)} ${answer.body.toString().slice(0, 500)}`,
  );
}
