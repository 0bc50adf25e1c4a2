/** The parts of a URI as Python's urllib splits it; '' where a part is absent. */
export interface UriParts {
  /** Lower case. */
  readonly scheme: string;
  readonly authority: string;
  readonly path: string;
  readonly query: string;
  readonly fragment: string;
}

const shape = /^(?:([a-zA-Z][a-zA-Z0-9+.-]*):)?(?:\/\/([^/?#]*))?([^?#]*)(?:\?([^#]*))?(?:#(.*))?$/s;

export function splitUri(uri: string): UriParts {
  const [, scheme = '', authority = '', path = '', query = '', fragment = ''] = shape.exec(cleaned(uri)) ?? [];
  return { scheme: scheme.toLowerCase(), authority, path, query, fragment };
}

/** urllib skips spaces and control characters before a URI, and drops tabs and line breaks anywhere. */
function cleaned(uri: string): string {
  let start = 0;
  while (start < uri.length && uri.charCodeAt(start) <= 0x20) start++;
  return uri.slice(start).replace(/[\t\r\n]/g, '');
}

/** Schemes that urllib joins with `//` even where there is no authority. */
const alwaysSlashes = new Set(['file', 'ftp', 'http', 'https', 'sftp', 'nfs', 'rsync', 'svn', 'git', 'ws', 'wss']);

/**
 * Puts path segments behind the path of a URI, before its query: `s3://b/x?v=1` and `a` make `s3://b/x/a?v=1`. What has
 * no scheme is a path as a whole.
 */
export function appendToUri(uri: string, ...segments: readonly string[]): string {
  const suffix = segments.join('/');
  const { scheme, authority, path, query } = splitUri(uri);
  if (scheme === '') return joinPath(uri, suffix);
  const slashes = authority !== '' || (path.startsWith('/') && alwaysSlashes.has(scheme)) ? `//${authority}` : '';
  const joined = joinPath(path, suffix);
  const absolute = authority !== '' && !joined.startsWith('/') ? `/${joined}` : joined;
  return `${scheme}:${slashes}${absolute}${query === '' ? '' : `?${query}`}`;
}

const joinPath = (path: string, suffix: string): string =>
  path === '' || path.endsWith('/') ? path + suffix : `${path}/${suffix}`;
