import type { IncomingMessage, ServerResponse } from 'node:http';
import { listen } from '../../backend/http/listen.ts';
import type { Listener } from '../../backend/http/listen.ts';
import { createEngine, QueryError } from '../../rewrite-generator/engine/index.ts';
import type { Definition } from '../../rewrite-generator/engine/index.ts';
import { basicCredentials } from './authenticate.ts';
import type { Authenticate, User } from './authenticate.ts';
import { backendHeaders } from './backend-headers.ts';
import { hasFormBody, readForm } from './form-body.ts';
import { createForward } from './proxy.ts';
import type { Forward } from './proxy.ts';
import { tooLong } from './request-limits.ts';

/** What the local gateway runs with. Times in ms. */
export interface GatewayConfig {
  readonly host: string;
  readonly port: number;
  /** PEM texts; HTTP without them. */
  readonly tls?: { readonly cert: string; readonly key: string } | undefined;
  /** Name of the topology: the gateway serves `/gateway/<topology>/kirka`. */
  readonly topology: string;
  readonly definition: Definition;
  readonly authenticate: Authenticate;
  /** The shared secret that proves the gateway to the backend. */
  readonly secret: string;
  /** URL of the backend; undefined while it is not there yet. */
  readonly backend: () => string | undefined;
  readonly timeout: number;
  readonly shutdownTimeout: number;
}

/** The time limit of the shipped topology: MLflow's client waits as long. */
export const defaultTimeout = 120_000;

const methods = new Set(['GET', 'HEAD', 'POST', 'PUT', 'PATCH', 'DELETE', 'OPTIONS']);
const bodiless = new Set(['GET', 'HEAD', 'OPTIONS']);

function refuse(response: ServerResponse, status: number, reason: string): void {
  response.writeHead(status, { 'Content-Type': 'text/plain; charset=utf-8', 'Cache-Control': 'no-store' });
  response.end(`${reason}\n`);
}

/** Knox's answer, empty body included. Its realm is Shiro's. */
function challenge(response: ServerResponse): void {
  response.writeHead(401, { 'WWW-Authenticate': 'BASIC realm="application"', 'Content-Length': '0' });
  response.end();
}

async function signedIn(request: IncomingMessage, authenticate: Authenticate): Promise<User | undefined> {
  const credentials = basicCredentials(request.headers.authorization);
  return credentials && authenticate(credentials.name, credentials.password);
}

function createHandler(config: GatewayConfig, forward: Forward) {
  const context = `/gateway/${config.topology}`;
  const engine = createEngine(config.definition, { context, serviceUrl: '' });
  const scheme = config.tls ? 'https' : 'http';

  return async (request: IncomingMessage, response: ServerResponse): Promise<void> => {
    const { url: target = '', method = '' } = request;
    const status = tooLong(request);
    if (status) {
      refuse(
        response,
        status,
        `The ${status === 414 ? 'URL' : 'head of the request'} is longer than the 8 KB of Knox.`,
      );
      return;
    }
    if (method === 'TRACE') {
      refuse(response, 403, 'TRACE is not served.');
      return;
    }
    // What has no route is 404 to anybody, so that a client without a password learns that its URL is wrong.
    const outside = engine.map({ target, user: '' });
    if (outside.kind === 'refused' && outside.status !== 500) {
      refuse(response, outside.status, `${outside.reason} Kirka is served below ${context}/kirka/.`);
      return;
    }
    const user = await signedIn(request, config.authenticate);
    if (!user) {
      challenge(response);
      return;
    }
    const outcome = engine.map({ target, user: user.name });
    if (outcome.kind === 'refused') {
      refuse(response, outcome.status, outcome.reason);
      return;
    }
    if (!methods.has(method)) {
      refuse(response, 405, `${method} is not served.`);
      return;
    }
    if (config.backend() === undefined) {
      refuse(response, 500, 'The backend is still starting.');
      return;
    }
    const connection = { remoteAddress: request.socket.remoteAddress ?? '', scheme, context } as const;
    const isForm = hasFormBody(request) && !bodiless.has(method);
    const form = isForm ? await readForm(request) : undefined;
    if (isForm && form === undefined) {
      response.shouldKeepAlive = false;
      refuse(response, 413, 'A form is read into memory, and this one is too long.');
      return;
    }
    request.headers = backendHeaders(request.headers, user, config.secret, connection);
    const body = bodiless.has(method) ? Buffer.alloc(0) : form;
    if (body) frame(request, body);
    request.url = outcome.url;
    forward(request, response, body);
  };
}

/** Says how long the body is that is sent in place of the client's. */
function frame({ headers }: IncomingMessage, body: Buffer): void {
  delete headers['transfer-encoding'];
  delete headers['content-length'];
  if (body.length > 0) headers['content-length'] = String(body.length);
}

/**
 * Starts the local gateway: Knox's part for one service on one machine. It applies the generated definition, asks for
 * Basic authentication, and tells the backend who signed in.
 * @throws DefinitionError, and the system's error where the address cannot be had
 */
export async function startGateway(config: GatewayConfig): Promise<Listener> {
  if (!/^[\w.-]+$/.test(config.topology)) throw new Error(`a topology cannot be called '${config.topology}'`);
  const { forward, close } = createForward({
    backend: () => config.backend() ?? '',
    maxConnections: 128,
    timeout: config.timeout,
    onFailure: (response, error) => {
      if (response.headersSent) response.destroy();
      else
        refuse(
          response,
          500,
          `The backend does not answer: ${String((error as NodeJS.ErrnoException).code ?? error.message)}.`,
        );
    },
  });
  const handle = createHandler(config, forward);
  const listener = await listen(
    (request, response) => {
      handle(request, response).catch((error: unknown) => {
        const isClients = error instanceof QueryError;
        if (response.headersSent) response.destroy();
        else refuse(response, 500, isClients ? error.message : 'The gateway failed.');
      });
    },
    {
      host: config.host,
      port: config.port,
      tls: config.tls && { ...config.tls, clientCa: undefined },
      bodyTimeout: config.timeout,
      // A silent backend is answered for before its client's connection counts as idle.
      idleTimeout: 2 * config.timeout,
      shutdownTimeout: config.shutdownTimeout,
    },
  );
  return {
    url: listener.url,
    close: async () => {
      await listener.close();
      close();
    },
  };
}
