import type { IncomingMessage, ServerResponse } from 'node:http';
import type { Request } from 'express';
import { callSignal } from '../call-context.ts';
import type { CallContext, Caller } from '../call-context.ts';
import type { Call, Reply, Touched } from '../handler.ts';
import { identify, withoutIdentity } from '../identity/identify.ts';
import type { IdentityPolicy } from '../identity/policy.ts';
import { identityHeaderPrefix } from '../manifest/index.ts';
import type { RouteSpec } from '../manifest/index.ts';
import type { Edge } from '../router.ts';
import type { AccessLog } from './access-log.ts';
import { createBrowserGuard } from './browser-guard.ts';
import type { BrowserRules } from './browser-guard.ts';
import { ByteBudget } from './byte-budget.ts';
import { errorReply, toMlflowError } from './error-reply.ts';
import { ClientGone } from './http-error.ts';
import { readBody } from './read-body.ts';
import type { BodyLimits } from './read-body.ts';
import { requestIdOf } from './request-id.ts';
import { queryOf } from './request-target.ts';
import { sendReply } from './send-reply.ts';
import { streamBody } from './stream-body.ts';
import { refuseWorkspace } from './workspace.ts';

export interface EdgeLimits extends BodyLimits {
  /** The most bytes of all bodies that are held at a time. */
  readonly maxHeldBytes: number;
}

export interface EdgeOptions {
  readonly identity: IdentityPolicy;
  readonly limits: EdgeLimits;
  readonly browsers: BrowserRules;
  readonly log: AccessLog;
}

/** One request on its way: what every answer needs, be there a route or not. */
export interface Exchange {
  readonly requestId: string;
  readonly context: CallContext;
  readonly query: URLSearchParams;
  readonly touch: (ids: Touched) => void;
}

/** The edge, and the same treatment for what no route takes. */
export interface WholeEdge extends Edge {
  readonly serve: (
    request: IncomingMessage,
    response: ServerResponse,
    work: (exchange: Exchange) => Promise<Reply> | Reply,
    route?: RouteSpec,
  ) => void;
}

/** Answer anyone, without proof: they tell nothing. */
const openToAnyone: ReadonlySet<string | undefined> = new Set(['root.health', 'root.ready']);

/** Makes a call of a request, and a response of a reply or an error; identifies the caller and keeps the access log. */
export function createEdge({ identity, limits, browsers, log }: EdgeOptions): WholeEdge {
  const guard = createBrowserGuard(browsers, identity.mode === 'open' ? 'direct' : 'by gateway');
  const nobody: Caller = { groups: [] };
  const budget = new ByteBudget(limits.maxHeldBytes);

  async function answer(
    request: IncomingMessage,
    response: ServerResponse,
    work: (exchange: Exchange) => Promise<Reply> | Reply,
    route: RouteSpec | undefined,
  ): Promise<void> {
    const started = performance.now();
    const requestId = requestIdOf(firstOf(request.headers['x-request-id']));
    const { method = '', socket } = request;
    const line = {
      requestId,
      route: route?.id,
      access: route?.access ?? 'read',
      method,
      address: socket.remoteAddress,
    };
    let user: string | undefined;
    let signal: AbortSignal | undefined;
    let ids: Touched = {};
    const touch = (more: Touched): void => {
      ids = { ...ids, ...more };
    };
    let reply: Reply;
    let failure: unknown;
    response.setHeader('X-Request-Id', requestId);
    for (const [name, value] of Object.entries(guard.headers(request))) response.setHeader(name, value);
    response.on('error', () => undefined);
    try {
      const query = queryOf(request.url);
      const caller = openToAnyone.has(route?.id) ? nobody : identify(request, query, identity);
      guard.check(request);
      refuseWorkspace(request);
      user = caller.user;
      signal = signalOf(response);
      const context = { caller, signal, deadline: Infinity, log: log.of(requestId) };
      const exchange = { requestId, context, query: withoutIdentity(query), touch };
      reply = guard.preflight(request) ?? (await work(exchange));
    } catch (error) {
      failure = signal?.aborted && isAbort(error) ? signal.reason : error;
      reply = errorReply(toMlflowError(failure, requestId));
    }
    let bytesOut = 0;
    try {
      bytesOut = await sendReply(response, reply);
    } catch (error) {
      failure = isPrematureClose(error) ? clientGone() : error;
    }
    const ms = performance.now() - started;
    log({ ...line, user, ids, status: reply.status, ms, bytesOut, aborted: signal?.aborted ?? false, failure });
  }

  const serve: WholeEdge['serve'] = (request, response, work, route) => {
    // `answer` catches what can fail; what is left is a defect of the edge itself, and the server must outlive it.
    answer(request, response, work, route).catch((error: unknown) => {
      log.defect(error);
      response.destroy();
    });
  };

  return {
    serve,
    serveBody: (route, handle) => (request, response) => {
      serve(
        request,
        response,
        async (exchange) => {
          const { bytes: body, release } = await readBody(request, limits, budget);
          try {
            return await handle({ ...callOf(request, route, exchange), body });
          } finally {
            release();
          }
        },
        route,
      );
    },
    serveStream: (route, handle) => (request, response) => {
      serve(
        request,
        response,
        (exchange) => handle({ ...callOf(request, route, exchange), body: streamBody(request) }),
        route,
      );
    },
  };
}

function callOf(request: Request, route: RouteSpec, { requestId, context, query, touch }: Exchange): Call {
  const params = paramsOf(request);
  if (params.artifact_path !== undefined) touch({ artifact_path: params.artifact_path });
  return {
    route,
    method: request.method,
    params,
    query,
    context,
    requestId,
    touch,
    header: (name) =>
      name.toLowerCase().startsWith(identityHeaderPrefix.toLowerCase())
        ? undefined
        : firstOf(request.headers[name.toLowerCase()]),
  };
}

/** Aborted where the client goes away before it has the whole answer. */
function signalOf(response: ServerResponse): AbortSignal {
  const gone = callSignal();
  response.once('close', () => {
    if (!response.writableFinished) gone.abort(clientGone());
  });
  return gone.signal;
}

/** Express gives the rest of a path as an array, decoded. */
function paramsOf({ params }: Request): Record<string, string> {
  const flat: Record<string, string> = {};
  for (const [name, value] of Object.entries(params)) flat[name] = Array.isArray(value) ? value.join('/') : value;
  return flat;
}

const firstOf = (value: string | string[] | undefined): string | undefined => (Array.isArray(value) ? value[0] : value);

const clientGone = (): ClientGone => new ClientGone('The client went away before the answer was whole.');

/** What a stream ends with whose signal is aborted; why it was, the signal says. */
const isAbort = (error: unknown): boolean => error instanceof Error && error.name === 'AbortError';

const isPrematureClose = (error: unknown): boolean =>
  error instanceof Error && 'code' in error && error.code === 'ERR_STREAM_PREMATURE_CLOSE';
