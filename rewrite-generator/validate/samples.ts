import { gatewayPathsOf } from '../../backend/manifest/index.ts';
import type { RouteSpec } from '../../backend/manifest/index.ts';

/** A request that must reach one route of the manifest. */
export interface Sample {
  readonly id: string;
  readonly method: string;
  /** The raw path behind the service's name, as the backend must see it. */
  readonly path: string;
  /** With `?`, or empty. */
  readonly query: string;
}

/** Values that rewriting has got wrong before: a parameter called `path`, a folder named like the service, escapes. */
const queries = ['', '?path=a%2Fb&run_id=1&run_ids=1&run_ids=2'];
const tails = ['f', '0/kirka/r/kirka/f', 'a%20b/%C5%BC%23%25.json'];

/** Requests for every route of the manifest, on each of its paths. */
export function samplesOf(manifest: readonly RouteSpec[]): readonly Sample[] {
  return manifest.flatMap((route) =>
    gatewayPathsOf(route).flatMap((path) => {
      const filled = path.includes(':path}') ? tails.map((tail) => path.replaceAll(/\{\w+:path\}/g, tail)) : [path];
      return filled.flatMap((text) =>
        queries.map((query) => ({
          id: route.id,
          method: route.method,
          path: text.replaceAll(/\{\w+\}/g, 'x'),
          query,
        })),
      );
    }),
  );
}
