import type { IncomingMessage, RequestListener, Server } from 'node:http';
import { createServer } from 'node:http';
import { createServer as createTlsServer } from 'node:https';
import type { AddressInfo, Socket } from 'node:net';
import { createServer as createSocketServer } from 'node:net';
import { readFileSync } from 'node:fs';
import { buffer } from 'node:stream/consumers';
import { generate } from 'selfsigned';

const tls = (file: string): Buffer => readFileSync(new URL(`../../data/tls/${file}`, import.meta.url));

export const ca = tls('ca.crt');

/** A server of a test, with what it was asked. */
export interface FakeServer {
  readonly address: string;
  /** Method and path of each request, in the order of their arrival. */
  readonly asked: string[];
  readonly headers: IncomingMessage['headers'][];
  /** Connections made to it, ever. */
  readonly connections: () => number;
  close(): Promise<void>;
}

const servers: FakeServer[] = [];

/** Ends all servers of a test: for `afterEach`. */
export async function closeServers(): Promise<void> {
  await Promise.all(servers.splice(0).map((server) => server.close()));
}

/** An HTTP server on a free port of loopback. */
export function serve(handler: RequestListener, port = 0): Promise<FakeServer> {
  return listening('http', (listener) => createServer(listener), handler, port);
}

/** An HTTPS server; its certificate is that of the tests' CA, or of none (`rogue`). */
export function serveTls(handler: RequestListener, certificate: 'server' | 'rogue' = 'server'): Promise<FakeServer> {
  const options = { cert: tls(`${certificate}.crt`), key: tls(`${certificate}.key`) };
  return listening('https', (listener) => createTlsServer(options, listener), handler, 0);
}

/** An HTTPS server with a sound certificate of another host, and the authority that vouches for it: itself. */
export async function serveOtherName(
  handler: RequestListener,
): Promise<{ readonly server: FakeServer; readonly authority: string }> {
  const { cert, private: key } = await generate([{ name: 'commonName', value: 'other.example' }], {
    keyType: 'ec',
    extensions: [{ name: 'subjectAltName', altNames: [{ type: 2, value: 'other.example' }] }],
  });
  const server = await listening('https', (listener) => createTlsServer({ cert, key }, listener), handler, 0);
  return { server, authority: cert };
}

async function listening(
  scheme: string,
  create: (listener: RequestListener) => Server,
  handler: RequestListener,
  port: number,
): Promise<FakeServer> {
  const asked: string[] = [];
  const headers: IncomingMessage['headers'][] = [];
  let connections = 0;
  const server = create((request, response) => {
    asked.push(`${request.method} ${request.url}`);
    headers.push(request.headers);
    handler(request, response);
  });
  server.on(scheme === 'https' ? 'secureConnection' : 'connection', () => (connections += 1));
  await new Promise<void>((resolve) => server.listen(port, '127.0.0.1', resolve));
  const fake = {
    address: `${scheme}://127.0.0.1:${(server.address() as AddressInfo).port}`,
    asked,
    headers,
    connections: () => connections,
    close: async () => {
      server.closeAllConnections();
      await new Promise((resolve) => server.close(resolve));
    },
  };
  servers.push(fake);
  return fake;
}

/** A server that speaks by hand: `talk` is given each connection. */
export async function serveRaw(talk: (socket: Socket) => void): Promise<FakeServer> {
  const sockets = new Set<Socket>();
  const server = createSocketServer((socket) => {
    sockets.add(socket);
    socket.on('error', () => undefined);
    talk(socket);
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const fake = {
    address: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    asked: [],
    headers: [],
    connections: () => sockets.size,
    close: async () => {
      for (const socket of sockets) socket.destroy();
      await new Promise((resolve) => server.close(resolve));
    },
  };
  servers.push(fake);
  return fake;
}

/** An address where nothing listens. */
export async function deadAddress(): Promise<string> {
  const server = await serve(() => undefined);
  await server.close();
  servers.splice(servers.indexOf(server), 1);
  return server.address;
}

/** A server's answer with the request's body as its own. */
export const echo: RequestListener = (request, response) => {
  void buffer(request).then((body) => response.end(body));
};
