import { Agent } from 'node:http';
import type { IncomingMessage, ServerResponse } from 'node:http';
import type { Socket } from 'node:net';
import { Readable } from 'node:stream';
import { createProxyMiddleware, proxyEventsPlugin } from 'http-proxy-middleware';
import type { Options } from 'http-proxy-middleware';

/** Sends a request, whose target and headers are those that the backend is to see, and its answer back. */
export type Forward = (request: IncomingMessage, response: ServerResponse, body?: Buffer) => void;

/** Where to send, and what to do when that fails before an answer began. */
export interface ProxyOptions {
  /** `http://<host>:<port>` */
  readonly backend: () => string;
  readonly maxConnections: number;
  /** Milliseconds that the backend may be silent. */
  readonly timeout: number;
  readonly onFailure: (response: ServerResponse, error: Error) => void;
}

/** What only the gateway may say, or what is about the connection to the backend. */
const withheld = ['set-cookie', 'www-authenticate', 'keep-alive'];

function options({ backend, timeout, onFailure }: ProxyOptions, agent: Agent): Options {
  return {
    // Asked at every request, for the backend starts after the gateway has its port.
    target: 'http://localhost',
    router: backend,
    agent,
    changeOrigin: true,
    // Sends the target as it stands; http-proxy would parse it and escape an apostrophe.
    toProxy: true,
    proxyTimeout: timeout,
    ejectPlugins: true,
    plugins: [proxyEventsPlugin],
    on: {
      proxyReq: (outgoing, _request, response) => {
        // A client that goes away while it is answered would leave the backend's answer waiting for ever.
        response.on('close', () => {
          if (!response.writableFinished) outgoing.destroy();
        });
      },
      proxyRes: (answer, _request, response) => {
        for (const name of withheld) Reflect.deleteProperty(answer.headers, name);
        // http-proxy would take the word of the connection to the backend, and Node then keeps the client's open.
        answer.headers.connection = response.shouldKeepAlive ? 'keep-alive' : 'close';
        answer.on('close', () => {
          if (!answer.complete) response.destroy();
        });
      },
      error: (error, _request, response) => {
        if (isResponse(response)) onFailure(response, error);
        else response.destroy();
      },
    },
  };
}

const isResponse = (target: ServerResponse | Socket): target is ServerResponse => 'writeHead' in target;

/** Has the proxy send another body than the one that comes in, which is read and dropped. */
function replaceBody(request: IncomingMessage, body: Buffer): void {
  const stream = Readable.from(body.length === 0 ? [] : [body]);
  request.pipe = (destination) => stream.pipe(destination);
  request.resume();
}

/** Builds the proxy; `close` ends the connections that it keeps open. */
export function createForward(config: ProxyOptions): { readonly forward: Forward; readonly close: () => void } {
  const agent = new Agent({ keepAlive: true, maxSockets: config.maxConnections });
  const base = options(config, agent);
  const proxy = createProxyMiddleware(base);
  // http-proxy empties a DELETE of unsaid length; it does not look at a POST that goes out as DELETE.
  const proxyDelete = createProxyMiddleware({ ...base, method: 'DELETE' });
  return {
    forward: (request, response, body) => {
      const isDelete = request.method === 'DELETE';
      if (isDelete) request.method = 'POST';
      if (body) replaceBody(request, body);
      void (isDelete ? proxyDelete : proxy)(request, response, (error) => {
        config.onFailure(response, error instanceof Error ? error : new Error('not sent'));
      });
    },
    close: () => {
      agent.destroy();
    },
  };
}
