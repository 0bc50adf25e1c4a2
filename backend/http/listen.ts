import { createServer as createHttpServer } from 'node:http';
import type { RequestListener, Server, ServerOptions } from 'node:http';
import { createServer as createHttpsServer } from 'node:https';
import { Server as NetServer } from 'node:net';
import type { AddressInfo } from 'node:net';
import type { Config } from '../config/config.ts';
import { incoming } from './incoming.ts';

export interface Listener {
  /** Scheme, host and port, without a slash at the end. */
  readonly url: string;
  /**
   * Takes no new connection, answers what comes on those of before as the last there, gives all of it `shutdownTimeout`
   * ms, then cuts what is left. Resolves when every connection is closed.
   */
  readonly close: () => Promise<void>;
}

type ListenConfig = Pick<Config, 'host' | 'port' | 'tls' | 'bodyTimeout' | 'idleTimeout' | 'shutdownTimeout'>;

/** Above Knox's limit for a request's head, 8 KB, so that Knox's own answer to a longer one is the one a client sees. */
const maxHeaderSize = 32 * 1024;

/** Announced with every answer, so that the caller's pool lets go of a connection before it is closed here. */
const keepAliveTimeout = 75_000;

/** ms in which a client that has just been answered may send what it sends next, when the server closes. */
const idleWhenClosing = 250;

/**
 * Listens with HTTP, or with TLS only where a certificate is configured.
 * @throws the system's error where the address cannot be had
 */
export async function listen(handle: RequestListener, config: ListenConfig): Promise<Listener> {
  const server = createServer(config);
  let isDraining = false;
  const { request, checkContinue } = incoming((message, response) => {
    if (isDraining) response.shouldKeepAlive = false;
    handle(message, response);
  }, config.bodyTimeout);
  server.on('request', request);
  server.on('checkContinue', checkContinue);
  server.setTimeout(config.idleTimeout);
  await new Promise<void>((resolve, reject) => {
    server.once('error', reject);
    server.listen(config.port, config.host, resolve);
  });
  const { port } = server.address() as AddressInfo;
  const host = config.host.includes(':') ? `[${config.host}]` : config.host;
  return {
    url: `${config.tls ? 'https' : 'http'}://${host}:${String(port)}`,
    close: () => {
      isDraining = true;
      return closeServer(server, config.shutdownTimeout);
    },
  };
}

function createServer({ tls, bodyTimeout }: ListenConfig): Server {
  const options: ServerOptions = {
    noDelay: true,
    keepAliveTimeout,
    maxHeaderSize,
    headersTimeout: bodyTimeout,
    // Uploads take as long as they move: the idle timeout bounds them, and `readBody` what is read whole.
    requestTimeout: 0,
    connectionsCheckingInterval: Math.min(5_000, bodyTimeout),
  };
  if (!tls) return createHttpServer(options);
  const { cert, key, clientCa } = tls;
  return createHttpsServer({
    ...options,
    cert,
    key,
    minVersion: 'TLSv1.2',
    // Who shows no certificate still gets an answer that says so, and /health.
    ...(clientCa === undefined ? {} : { ca: clientCa, requestCert: true, rejectUnauthorized: false }),
  });
}

/**
 * Takes no more connections. A request that comes on one of before is answered, and told that it was the last there;
 * what stays idle is closed after a while, and everything after `patience` ms.
 */
async function closeServer(server: Server, patience: number): Promise<void> {
  const closed = new Promise<void>((resolve) => {
    // Not the server's own `close`: that closes idle connections, on which a request may just have been sent.
    NetServer.prototype.close.call(server, () => {
      resolve();
    });
  });
  let sweep: NodeJS.Timeout | undefined;
  const linger = setTimeout(
    () => {
      server.closeIdleConnections();
      sweep = setInterval(() => {
        server.closeIdleConnections();
      }, 50);
    },
    Math.min(idleWhenClosing, patience / 2),
  );
  const cut = setTimeout(() => {
    server.closeAllConnections();
  }, patience);
  await closed;
  clearTimeout(linger);
  clearInterval(sweep);
  clearTimeout(cut);
  // Ends its watch over connections; that it listens no more is no news.
  server.close(() => undefined);
}
