import { createServer as createHttpServer } from 'node:http';
import type { RequestListener, Server, ServerOptions } from 'node:http';
import { createServer as createHttpsServer } from 'node:https';
import type { AddressInfo } from 'node:net';
import type { Config } from '../config/config.ts';
import { incoming } from './incoming.ts';

export interface Listener {
  /** Scheme, host and port, without a slash at the end. */
  readonly url: string;
  /**
   * Takes no new request, gives those under way `shutdownTimeout` ms, then cuts what is left. Resolves when every
   * connection is closed.
   */
  readonly close: () => Promise<void>;
}

type ListenConfig = Pick<Config, 'host' | 'port' | 'tls' | 'bodyTimeout' | 'idleTimeout' | 'shutdownTimeout'>;

/** Above Knox's limit for a request's head, 8 KB, so that Knox's own answer to a longer one is the one a client sees. */
const maxHeaderSize = 32 * 1024;

/** Announced with every answer, so that the caller's pool lets go of a connection before it is closed here. */
const keepAliveTimeout = 75_000;

/**
 * Listens with HTTP, or with TLS only where a certificate is configured.
 * @throws the system's error where the address cannot be had
 */
export async function listen(handle: RequestListener, config: ListenConfig): Promise<Listener> {
  const server = createServer(config);
  const { request, checkContinue } = incoming(handle, config.bodyTimeout);
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
    close: () => closeServer(server, config.shutdownTimeout),
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

async function closeServer(server: Server, patience: number): Promise<void> {
  const closed = new Promise<void>((resolve) => {
    server.close(() => {
      resolve();
    });
  });
  // A connection that was answered meanwhile is kept alive for its next request, which it must not be given.
  const sweep = setInterval(() => {
    server.closeIdleConnections();
  }, 50);
  const cut = setTimeout(() => {
    server.closeAllConnections();
  }, patience);
  await closed;
  clearInterval(sweep);
  clearTimeout(cut);
}
