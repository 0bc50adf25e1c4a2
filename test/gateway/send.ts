import { request as httpRequest } from 'node:http';
import { request as httpsRequest } from 'node:https';
import { buffer } from 'node:stream/consumers';
import type { ClientRequest, Target } from './row.ts';

/** What came back. */
export interface Received {
  readonly status: number;
  readonly headers: Readonly<Record<string, string | readonly string[] | undefined>>;
  readonly body: Buffer;
}

/** A client that keeps every cookie it is given, as `requests.Session` does under MLflow's client. */
export interface Client {
  send(request: ClientRequest): Promise<Received>;
}

function authorization({ user = 'guest', password }: ClientRequest): [string, string][] {
  if (user === null) return [];
  const credentials = Buffer.from(`${user}:${password ?? `${user}-password`}`).toString('base64');
  return [['Authorization', `Basic ${credentials}`]];
}

/** Sends bytes as they are written in the row; one connection a request. */
export function createClient(target: Target): Client {
  const cookies = new Map<string, string>();
  return {
    send: (request) =>
      new Promise((resolve, reject) => {
        const { protocol, hostname, port, pathname } = new URL(target.url);
        const wholeUrl = request.authority === undefined ? '' : `${protocol}//${request.authority}`;
        const body = Buffer.from(request.body ?? '');
        const framing: [string, string][] = request.chunked
          ? [['Transfer-Encoding', 'chunked']]
          : request.body === undefined
            ? []
            : [['Content-Length', String(body.length)]];
        const kept: [string, string][] =
          cookies.size === 0 ? [] : [['Cookie', [...cookies].map(([name, value]) => `${name}=${value}`).join('; ')]];
        const outgoing = (protocol === 'https:' ? httpsRequest : httpRequest)({
          hostname,
          port,
          path: wholeUrl + pathname + request.target,
          method: request.method ?? 'GET',
          // A flat array goes out as it is, repeated names included.
          headers: [
            ['Host', `${hostname}:${port}`],
            ...authorization(request),
            ...kept,
            ...framing,
            ...(request.headers ?? []),
          ].flat(),
          agent: false,
          ca: target.ca,
        });
        outgoing.on('error', reject);
        outgoing.on('response', (response) => {
          for (const cookie of response.headers['set-cookie'] ?? []) {
            const [, name = '', value = ''] = /^([^=;]+)=([^;]*)/.exec(cookie) ?? [];
            cookies.set(name, value);
          }
          buffer(response).then((content) => {
            resolve({ status: response.statusCode ?? 0, headers: response.headers, body: content });
          }, reject);
        });
        outgoing.end(body);
      }),
  };
}
