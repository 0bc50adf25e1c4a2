import { manifest, gatewayPathsOf } from '../../../backend/manifest/index.ts';
import type { RouteSpec } from '../../../backend/manifest/index.ts';
import { row } from '../row.ts';
import type { Row } from '../row.ts';

const samples = (path: string): string =>
  path.replaceAll(/\{\w+:path\}/g, '0/r/artifacts/a%20b/c.txt').replaceAll(/\{\w+\}/g, 'x');

function reaches(route: RouteSpec, path: string): Row {
  const body = route.method === 'POST' || route.method === 'PUT' ? '{}' : undefined;
  return row(`${route.method} ${path}`, {
    request: { method: route.method, target: `/kirka${path}?a=1`, ...(body === undefined ? {} : { body }) },
    sees: { method: route.method, path, query: [['a', '1']], ...(body === undefined ? {} : { body }) },
  });
}

/** Every operation of the manifest on every surface that the gateway lets through. */
export const routeRows: readonly Row[] = manifest.flatMap((route) =>
  gatewayPathsOf(route).map((path) => reaches(route, samples(path))),
);
