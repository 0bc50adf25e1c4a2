import { artifactRoutes } from './artifacts.ts';
import { experimentRoutes } from './experiments.ts';
import { loggedModelRoutes } from './logged-models.ts';
import { metricRoutes } from './metrics.ts';
import { registeredModelRoutes } from './registered-models.ts';
import { rootRoutes } from './root.ts';
import { runRoutes } from './runs.ts';
import { serverInfoRoutes } from './server-info.ts';
import type { RouteSpec, Surface } from './types.ts';

/**
 * The route manifest: what Kirka serves, and nothing else. The generator emits Knox's service definition from it, the
 * backend registers its handlers from it, and `npm run coverage:api` holds it against MLflow's whole list.
 */
export const manifest = [
  ...experimentRoutes,
  ...runRoutes,
  ...metricRoutes,
  ...artifactRoutes,
  ...loggedModelRoutes,
  ...registeredModelRoutes,
  ...serverInfoRoutes,
  ...rootRoutes,
] as const satisfies readonly RouteSpec[];

type Manifest = (typeof manifest)[number];

export type RouteId = Manifest['id'];

/** The manifest entry of one id, with its literal types. */
export type RouteOf<Id extends RouteId> = Extract<Manifest, { id: Id }>;

/** The ids of the routes whose body passes as a stream. */
export type StreamedRouteId = Extract<Manifest, { streamed: true }>['id'];

/** Path prefix of each surface. */
export const surfacePrefix: Readonly<Record<Surface, string>> = {
  api: '/api',
  'ajax-api': '/ajax-api',
  root: '',
  backend: '',
};

/** The full paths of a route, one a surface, in manifest notation (`{name}`, `{name:path}`). */
export function pathsOf(route: RouteSpec): readonly string[] {
  return route.surfaces.map((surface) => surfacePrefix[surface] + route.path);
}

/** Those of them that the gateway lets through. */
export function gatewayPathsOf({ surfaces, path }: RouteSpec): readonly string[] {
  return surfaces.filter((surface) => surface !== 'backend').map((surface) => surfacePrefix[surface] + path);
}

export { identityHeaderPrefix, identityHeaders } from './identity.ts';
export { mlflowVersion, service } from './service.ts';
export type { Area, Method, RouteSpec, Surface } from './types.ts';
