/** HTTP methods that MLflow's REST API uses. */
export type Method = 'GET' | 'POST' | 'PUT' | 'PATCH' | 'DELETE';

/**
 * Where a route is mounted, as MLflow's server mounts it: `api` is `/api/...`, `ajax-api` is the twin that browsers use,
 * `root` has no prefix. A route of both `api` and `ajax-api` is one operation with two addresses. `backend` is what is
 * asked of the backend itself, beside the gateway and not through it: no route of Knox leads there.
 */
export type Surface = 'api' | 'ajax-api' | 'root' | 'backend';

/** The areas of MLflow's API, by which `npm run coverage:api` reports. */
export type Area =
  | 'experiments'
  | 'runs'
  | 'metrics'
  | 'artifacts list'
  | 'artifact proxy'
  | 'logged models'
  | 'model registry'
  | 'server info'
  | 'root';

/**
 * One operation that is served. Plain data: the generator makes Knox's routes of it, the router the backend's.
 */
export interface RouteSpec {
  /** `<area word>.<operation>`, camel case: the key of the handler map and of log lines. */
  readonly id: string;
  readonly area: Area;
  readonly method: Method;
  /** Path behind the surface's prefix. `{name}` is one segment, `{name:path}` is the non-empty rest of the path. */
  readonly path: `/${string}`;
  readonly surfaces: readonly Surface[];
  /** Whether the operation changes state: decides fail-over in the dispatch and the audit line. */
  readonly access: 'read' | 'write';
  /** A streamed request or response body is never held in memory; all others are JSON or short text. */
  readonly streamed: boolean;
}
