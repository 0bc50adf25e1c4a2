import express from 'express';
import type { ErrorRequestHandler, RequestHandler } from 'express';
import type { Services } from './create-services.ts';
import type { Handlers } from './handler.ts';
import { createEdge } from './http/edge.ts';
import type { EdgeOptions } from './http/edge.ts';
import { HttpError } from './http/http-error.ts';
import { notServed } from './http/not-served.ts';
import { createRouter } from './router.ts';

/** The backend as a request listener: every route of the manifest, and MLflow's answer to everything else. */
export function createApp(handlers: Handlers, services: Services, options: EdgeOptions): express.Express {
  const edge = createEdge(options);
  const app = express();
  app.disable('x-powered-by');
  const unrouted: RequestHandler = (request, response) => {
    edge.serve(request, response, () => notServed(request.method, request.path));
  };
  // Express would answer OPTIONS by itself, past the edge.
  app.use((request, response, next) => (request.method === 'OPTIONS' ? unrouted(request, response, next) : next()));
  app.use(createRouter(handlers, services, edge));
  app.use(unrouted);
  // Express itself fails in one way only: a path whose percent-encoding cannot be decoded.
  const undecodable: ErrorRequestHandler = (error, request, response, next) => {
    if (response.headersSent) return next(error);
    edge.serve(request, response, () => {
      throw new HttpError(400, 'INVALID_PARAMETER_VALUE', 'Invalid path: its percent-encoding is malformed.');
    });
  };
  app.use(undecodable);
  return app;
}
