import { brief } from '../../brief.ts';
import { MlflowError } from '../../errors.ts';
import { normalisePath } from '../validation/names.ts';
import { splitUri } from '../validation/uri.ts';

const isLoopback = (host: string): boolean =>
  host === '' || host === '.' || host.startsWith('localhost') || host.startsWith('127.0.0.1');

const hostOf = (authority: string): string => authority.replace(/^.*@/, '').replace(/:\d*$/, '').toLowerCase();

/**
 * Whether a location is a path of this machine.
 * @throws MlflowError for a file of another
 */
export function isLocal(uri: string): boolean {
  if (uri === 'databricks') return false;
  const { scheme, authority } = splitUri(uri);
  if (scheme !== 'file') return scheme === '';
  if (isLoopback(hostOf(authority))) return true;
  throw new MlflowError(
    'INTERNAL_ERROR',
    brief`${uri} is not a valid remote uri. For remote access on windows, please consider using a different scheme such as ` +
      'SMB (e.g. smb://<hostname>/<path>).',
  );
}

/** The path that a local location means. Nothing is looked at: a relative path stays one. */
export function localPath(uri: string): string {
  const { scheme, path } = splitUri(uri);
  return normalisePath(scheme === 'file' ? unquoted(path) : uri);
}

/** Whether a path is another, or lies below it. */
export const isBelow = (path: string, root: string): boolean =>
  path === root || path.startsWith(root === '/' ? root : `${root}/`);

/** Whether a location has an absolute path that cannot lead out of where it seems to be, whatever was encoded in it. */
export function isPlainLocation(uri: string): boolean {
  const decoded = decodeAll(uri, (text) => unquoted(text.replaceAll('+', ' ')));
  const path = splitUri(decoded).path.replace(/\/+/g, '/').replace(/\/$/, '');
  if (path.includes('\0') || decoded.split('/').includes('..')) return false;
  return path.startsWith('/') && normalisePath(path) === path;
}

/** Whether a location lies in another, both as URIs: of one scheme and host, segment by segment. */
export function isWithin(uri: string, root: string): boolean {
  const [a, b] = [partsOf(uri), partsOf(root)];
  return (
    a.scheme === b.scheme &&
    a.authority === b.authority &&
    b.segments.length > 0 &&
    b.segments.every((segment, index) => a.segments[index] === segment)
  );
}

const proxyRoute = 'api/2.0/mlflow-artifacts/artifacts';

/** Whether a location is one of the artifact proxy, by its scheme or by its address. */
export function isProxied(uri: string): boolean {
  const { scheme, segments } = partsOf(uri);
  if (scheme === 'mlflow-artifacts') return true;
  return (scheme === 'http' || scheme === 'https') && `/${segments.join('/')}/`.includes(`/${proxyRoute}/`);
}

function partsOf(uri: string): { scheme: string; authority: string; segments: readonly string[] } {
  const { scheme, authority, path } = splitUri(uri);
  const segments = path.split('/').filter((segment) => segment !== '');
  return { scheme, authority: authority.toLowerCase(), segments: segments.map((one) => decodeAll(one, unquoted)) };
}

const rounds = 20;

/** Decodes until nothing changes; what still changes after many rounds is left as it is then. */
function decodeAll(text: string, decode: (text: string) => string): string {
  let decoded = text;
  for (let round = 0; round < rounds; round++) {
    const next = decode(decoded);
    if (next === decoded) break;
    decoded = next;
  }
  return decoded;
}

/** Python's `unquote`: what is no UTF-8 becomes a replacement character. */
const unquoted = (text: string): string =>
  text.replace(/(?:%[0-9a-f]{2})+/gi, (bytes) => Buffer.from(bytes.replaceAll('%', ''), 'hex').toString('utf8'));
