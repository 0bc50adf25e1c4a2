import type { IncomingMessage, ServerResponse } from 'node:http';
import type { Logger } from 'pino';
import { anyHostPaths } from '../../backend/http/browser-guard.ts';
import { createCrossOrigin } from '../../backend/http/cross-origin.ts';
import { endAnswer } from '../../backend/http/end-answer.ts';
import type { HostRule } from '../../backend/http/host-rule.ts';
import { ClientGone } from '../../backend/http/http-error.ts';
import { listen } from '../../backend/http/listen.ts';
import type { Listener } from '../../backend/http/listen.ts';
import { forwardedFront } from '../../backend/http/origin-rule.ts';
import { pathOf } from '../../backend/http/request-target.ts';
import { wantBody } from '../../backend/http/wanted-body.ts';
import { createEngine } from '../../rewrite-generator/engine/index.ts';
import type { Definition } from '../../rewrite-generator/engine/index.ts';
import type { Authenticator, User } from './authenticate.ts';
import { backendHeaders } from './backend-headers.ts';
import { createFormReader, hasFormBody } from './form-body.ts';
import { createForward } from './proxy.ts';
import type { Forward } from './proxy.ts';
import { refuse, Refusal } from './refusal.ts';
import { createRefusalLog } from './refusal-log.ts';
import { requireShort } from './request-limits.ts';
import { createSignIn } from './sign-in.ts';
import { createTurns } from './turns.ts';

/** What the local gateway runs with. Times in ms. */
export interface GatewayConfig {
  readonly host: string;
  readonly port: number;
  /** PEM texts; HTTP without them. */
  readonly tls?: { readonly cert: string; readonly key: string } | undefined;
  /** Name of the topology: the gateway serves `/gateway/<topology>/kirka`. */
  readonly topology: string;
  readonly definition: Definition;
  readonly authenticate: Authenticator;
  /** The names by which it may be called. */
  readonly hosts: HostRule;
  /** Patterns of origins whose pages may do what its own may. */
  readonly corsAllowedOrigins: readonly string[];
  /** The shared secret that proves the gateway to the backend. */
  readonly secret: string;
  /** URL of the backend; undefined while it is not there yet. */
  readonly backend: () => string | undefined;
  readonly timeout: number;
  readonly shutdownTimeout: number;
  /** Is told of whoever is refused. */
  readonly log: Logger;
}

/** The time limit of the shipped topology: MLflow's client waits as long. */
export const defaultTimeout = 120_000;

const methods = new Set(['GET', 'HEAD', 'POST', 'PUT', 'PATCH', 'DELETE', 'OPTIONS']);
const nothing = Buffer.alloc(0);

function createHandler(config: GatewayConfig, forward: Forward) {
  const context = `/gateway/${config.topology}`;
  const engine = createEngine(config.definition, { context, serviceUrl: '' });
  const scheme = config.tls ? 'https' : 'http';
  const signIn = createSignIn(config.authenticate);
  const turns = createTurns();
  const readForm = createFormReader(config.timeout);
  const pages = createCrossOrigin(config.corsAllowedOrigins, ({ headers }) =>
    forwardedFront({ 'x-forwarded-host': headers.host, 'x-forwarded-proto': scheme, ...headers }),
  );

  const mapped = (target: string, user: User): string => {
    const outcome = engine.map({ target, user: user.name });
    if (outcome.kind === 'refused') throw new Refusal(outcome.status, outcome.reason);
    return outcome.url;
  };

  /** @throws Refusal of a request that comes by another's name, or to where nothing is, whoever sends it */
  function requireRoute({ url: target = '', headers }: IncomingMessage): void {
    // What has no route is 404 to anybody, so that a client without a password learns that its URL is wrong.
    const route = engine.map({ target, user: '' });
    const path = route.kind === 'refused' ? '' : pathOf(route.url);
    if (!config.hosts(headers.host) && !anyHostPaths.has(path)) {
      throw new Refusal(403, 'Invalid Host header - possible DNS rebinding attack detected (see --allowed-hosts).');
    }
    if (route.kind === 'refused' && route.status !== 500) {
      throw new Refusal(route.status, `${route.reason} Kirka is served below ${context}/${config.definition.name}/.`);
    }
  }

  /** @returns undefined where nobody waits for an answer any more */
  async function signedIn({ headers, socket }: IncomingMessage): Promise<User | undefined> {
    const gone = new AbortController();
    const leave = (): void => {
      gone.abort(new ClientGone('The client went away while it signed in.'));
    };
    const user = await turns.take(socket, async () => {
      socket.once('close', leave);
      try {
        return await signIn(headers.authorization, { address: socket.remoteAddress ?? '', signal: gone.signal });
      } finally {
        socket.off('close', leave);
      }
    });
    if (user === 'crowded') throw new Refusal(429, 'Too many requests at once on one connection.', { closes: true });
    return user;
  }

  /** What is sent in place of the client's body; undefined where that passes as it comes. */
  async function replacementOf(request: IncomingMessage, response: ServerResponse): Promise<Buffer | undefined> {
    if (request.method === 'OPTIONS') return nothing;
    if (!hasFormBody(request)) {
      wantBody(request);
      return undefined;
    }
    const { bytes, release } = await readForm(request);
    response.once('close', release);
    return bytes;
  }

  return async (request: IncomingMessage, response: ServerResponse): Promise<void> => {
    const { url: target = '', method = '', socket } = request;
    for (const [name, value] of Object.entries(pages.headers(request))) response.setHeader(name, value);
    requireShort(request);
    requireRoute(request);
    if (method === 'TRACE') throw new Refusal(403, 'TRACE is not served.');
    const preflight = pages.preflight(request);
    if (preflight) return endAnswer(response, preflight.status, preflight.headers, String(preflight.body));
    const user = await signedIn(request);
    if (!user) return;
    const url = mapped(target, user);
    if (!methods.has(method)) throw new Refusal(405, `${method} is not served.`);
    if (config.backend() === undefined) throw new Refusal(500, 'The backend is still starting.');

    const body = await replacementOf(request, response);
    const remoteAddress = socket.remoteAddress ?? '';
    request.headers = backendHeaders(request.headers, user, config.secret, { remoteAddress, scheme, context });
    if (body) frame(request, body);
    request.url = url;
    forward(request, response, body);
  };
}

/** Says how long the body is that is sent in place of the client's. */
function frame({ headers }: IncomingMessage, body: Buffer): void {
  delete headers['transfer-encoding'];
  delete headers['content-length'];
  if (body.length > 0) headers['content-length'] = String(body.length);
}

const reasonOf = (error: NodeJS.ErrnoException): string =>
  `The backend does not answer: ${error.code ?? error.message}.`;

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
      void refuse(response, new Refusal(500, reasonOf(error)));
    },
  });
  const handle = createHandler(config, forward);
  const logRefusal = createRefusalLog(config.log);
  const listener = await listen(
    (request, response) => {
      const { method, socket } = request;
      const from = { method, address: socket.remoteAddress ?? '' };
      handle(request, response).catch((error: unknown) => {
        if (error instanceof ClientGone) return;
        logRefusal(from, error);
        void refuse(response, error);
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
