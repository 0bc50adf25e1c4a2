import { manifest, pathsOf } from '../manifest/index.ts';
import type { Reply } from '../handler.ts';
import { HttpError } from './http-error.ts';
import { MlflowError } from '../errors.ts';

interface Address {
  readonly pattern: RegExp;
  readonly method: string;
}

const addresses: readonly Address[] = manifest.flatMap((route) =>
  pathsOf(route).map((path) => ({ pattern: toPattern(path), method: route.method })),
);

function toPattern(path: string): RegExp {
  const literal = path.replace(/[.*+?^$()|[\]\\]/g, '\\$&');
  return new RegExp(`^${literal.replace(/\{\w+(:path)?\}/g, (_match, rest?: string) => (rest ? '.+' : '[^/]+'))}$`);
}

/** What a path may be asked with, in the order of the manifest; empty where it is not served at all. */
export function methodsOf(path: string): readonly string[] {
  const methods = new Set(addresses.filter(({ pattern }) => pattern.test(path)).map(({ method }) => method));
  return methods.size === 0 ? [] : [...methods, ...(methods.has('GET') ? ['HEAD'] : []), 'OPTIONS'];
}

/**
 * The answer to what no route serves. MLflow's clients fall back to older endpoints on 404 ENDPOINT_NOT_FOUND; they
 * read that code from the status of the real server's HTML page, and from this body alike.
 * @throws MlflowError ENDPOINT_NOT_FOUND, as 405 with `Allow` where only the method is wrong
 */
export function notServed(method: string, path: string): Reply {
  const methods = methodsOf(path);
  if (methods.length === 0) throw new MlflowError('ENDPOINT_NOT_FOUND', `No API found for '${method} ${path}'.`);
  const headers = { Allow: methods.join(', ') };
  if (method === 'OPTIONS') return { status: 204, headers, body: '' };
  throw new HttpError(405, 'ENDPOINT_NOT_FOUND', `'${path}' is not served for ${method}.`, headers);
}
