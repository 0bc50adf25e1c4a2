import http from 'node:http';
import https from 'node:https';

/** An answer as it came. */
export interface RawAnswer {
  readonly status: number;
  readonly headers: http.IncomingHttpHeaders;
  readonly body: Buffer;
}

export interface RawRequest {
  readonly method: string;
  /** Goes on the request line as it is: `fetch` would resolve `..` and re-encode. */
  readonly path: string;
  readonly headers: Readonly<Record<string, string>>;
  readonly body?: string | Buffer | undefined;
}

/**
 * Each request has a connection of its own, or one that was used in this second, where TLS makes them dear: a server may
 * close a kept one just when it is taken again, and such a request could not be sent anew, for it may have been read.
 */
const agents = { http: new http.Agent(), https: new https.Agent({ keepAlive: true, timeout: 1000 }) };
const answerTimeout = 30_000;

/** Sends one request below a base URL (its path stands before the request's) and reads the whole answer. */
export function send(base: URL, { method, path, headers, body }: RawRequest, ca?: string): Promise<RawAnswer> {
  const secure = base.protocol === 'https:';
  const options = {
    host: base.hostname,
    port: base.port,
    method,
    path: base.pathname.replace(/\/$/, '') + path,
    headers: { ...headers, ...(body === undefined ? {} : { 'content-length': String(Buffer.byteLength(body)) }) },
    agent: secure ? agents.https : agents.http,
    timeout: answerTimeout,
    ...(ca === undefined ? {} : { ca }),
  };
  return new Promise((resolve, reject) => {
    const outgoing = (secure ? https : http).request(options, (incoming) => {
      const chunks: Buffer[] = [];
      incoming.on('data', (chunk: Buffer) => chunks.push(chunk));
      incoming.on('error', reject);
      incoming.on('end', () => {
        resolve({ status: incoming.statusCode ?? 0, headers: incoming.headers, body: Buffer.concat(chunks) });
      });
    });
    outgoing.on('timeout', () => outgoing.destroy(new Error(`no answer to ${method} ${path}`)));
    outgoing.on('error', (cause) => {
      reject(new Error(`${method} ${path}: ${cause.message}`, { cause }));
    });
    outgoing.end(body);
  });
}
