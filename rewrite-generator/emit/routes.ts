import { gatewayPathsOf, service } from '../../backend/manifest/index.ts';
import type { RouteSpec } from '../../backend/manifest/index.ts';

/** How the manifest's paths become Knox routes; each Knox route has its own filter chain and HTTP client pool. */
export type Grouping = 'exact' | 'folder';

/** Manifest notation to Knox's: `{name}` is `*`, one segment; `{name:path}` is `**`, one or more. */
export function toKnoxPath(path: string): string {
  return path.replaceAll(/\{\w+(:path)?\}/g, (_match, rest?: string) => (rest ? '**' : '*'));
}

const groupings: Readonly<Record<Grouping, (path: string) => string>> = {
  // A path outside the manifest never reaches the backend: Knox itself answers 404.
  exact: (path) => toKnoxPath(path),
  // Fewer routes, but whatever lies in a served folder enters, and the backend has to answer 404.
  folder: (path) => {
    const parent = toKnoxPath(path).replace(/\/[^/]+$/, '');
    return parent === '' ? toKnoxPath(path) : `${parent}/**`;
  },
};

/**
 * The paths of Knox's routes, `/kirka` first, each once, in the manifest's order. Knox takes `/kirka/` for `/kirka`,
 * and a path with a query for the path.
 */
export function knoxRoutes(manifest: readonly RouteSpec[], grouping: Grouping): readonly string[] {
  const group = groupings[grouping];
  const paths = manifest.flatMap(gatewayPathsOf).map((path) => `/${service.name}${path === '/' ? '' : group(path)}`);
  return [...new Set(paths)].sort((a, b) => Number(a.includes('/', 1)) - Number(b.includes('/', 1)));
}
