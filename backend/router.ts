import express from 'express';
import type { Request, Response } from 'express';
import type { BodyCall, Handlers, Reply, StreamCall } from './handler.ts';
import type { Services } from './create-services.ts';
import { manifest, pathsOf } from './manifest/index.ts';
import type { Method, RouteSpec } from './manifest/index.ts';

/** What the HTTP edge does around a handler: makes a call of a request, and a response of a reply or an error. */
export interface Edge {
  readonly serveBody: (
    route: RouteSpec,
    handle: (call: BodyCall) => Promise<Reply>,
  ) => (request: Request, response: Response) => void;
  readonly serveStream: (
    route: RouteSpec,
    handle: (call: StreamCall) => Promise<Reply>,
  ) => (request: Request, response: Response) => void;
}

type Verb = Lowercase<Method>;

/** Manifest notation to express's: `{name}` is `:name`, `{name:path}` is `*name`. */
export function toExpressPath(path: string): string {
  return path.replace(/\{(\w+)(:path)?\}/g, (_match, name: string, rest?: string) => (rest ? '*' : ':') + name);
}

/** The one place where routes are registered: a loop over the manifest. */
export function createRouter(handlers: Handlers, services: Services, edge: Edge): express.Router {
  const router = express.Router({ caseSensitive: true, strict: true });
  for (const route of manifest) {
    const verb = route.method.toLowerCase() as Verb;
    const serve = route.streamed
      ? edge.serveStream(route, (call) => handlers[route.id](call, services))
      : edge.serveBody(route, (call) => handlers[route.id](call, services));
    for (const path of pathsOf(route)) router[verb](toExpressPath(path), serve);
  }
  return router;
}
