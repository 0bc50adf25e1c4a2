import type { ArtifactPath } from './contract.ts';
import { ArtifactError } from './contract.ts';
import { asPythonUrl } from './url-text.ts';

/**
 * The folder at the root that a store keeps for itself (uploads under way). No path reaches it and no list shows it.
 * Compared without regard to case: some file systems have none.
 */
export const reservedFolder = '.kirka-staging';

/** Most bytes of UTF-8 in one segment: what Linux file systems and HDFS take. */
export const longestSegment = 255;

/**
 * Most bytes of UTF-8, and most segments, in the path of a file that is to be made, from the artifact root on: as much as
 * S3 and GCS take in a key, and far more than MLflow's clients name by themselves (docs/decisions/0007-artifacts.md). What
 * is there may be deeper.
 */
export const longestPath = 1024;
export const mostSegments = 100;

/** As often as MLflow's server decodes before it gives up. */
const mostDecodings = 9;

/** `[0-9a-f]` pairs behind `%` become the bytes they name, as UTF-8; any other `%` stays as it is. */
function percentDecode(text: string): string {
  return text.replace(/(?:%[0-9a-f]{2})+/gi, (run) => Buffer.from(run.replaceAll('%', ''), 'hex').toString('utf8'));
}

const invalid = (): ArtifactError => new ArtifactError('bad-path', 'Invalid path');

/** What is read again and again until that changes nothing. */
function untilSteady(text: string, read: (text: string) => string | undefined): string {
  let current = text;
  for (let count = 0; count <= mostDecodings; count++) {
    const next = read(current);
    if (next === current) return current;
    if (next === undefined) throw invalid();
    current = next;
  }
  throw invalid();
}

const decodeFully = (text: string): string => untilSteady(text, (current) => asPythonUrl(percentDecode(current)));

/**
 * Control characters as the escapes of their bytes, as MLflow's server keeps them. A client of MLflow 2 depends on it: it
 * names images of a step `x%step%3%timestamp%1795...`, in which `%17` reads as an escape.
 */
// eslint-disable-next-line no-control-regex -- control characters are what it is about
const withoutControls = (text: string): string => text.replace(/[\u0000-\u001f\u007f]/g, escape);
const escape = (character: string): string => `%${character.charCodeAt(0).toString(16).padStart(2, '0')}`;

/** Most UTF-16 units of a path as it is written: more than a URL has, and a body may have megabytes to decode many times. */
const longestWritten = 100_000;

/**
 * Checks a path as a client wrote it and gives it back decoded, otherwise unchanged: what error messages and lists echo.
 *
 * It is decoded, and read as a URL, until nothing changes, as MLflow's server does, and as its client does with every name
 * that a list gives it: a name that still held an escape could be listed but not fetched. Only control characters are
 * escaped again, by whoever reads them. Refused are what the server refuses (`..`, absolute paths, `file:`, drive letters,
 * a `#` that something follows, each in any encoding) and, on every platform, what only some of ours could hold:
 * backslashes, NUL behind the start, lone surrogates, the reserved folder.
 * @throws ArtifactError 'bad-path', `Invalid path`
 */
export function decodeArtifactPath(text: string): string {
  if (text.length > longestWritten) throw invalid();
  const decoded = withoutControls(decodeFully(text));
  if (/%00|[\\#]|\p{Surrogate}/u.test(decoded)) throw invalid();
  const segments = decoded.split('/').filter(isName);
  if ([decoded, segments.join('/')].some((path) => /^(?:\/|[a-z]:\/|file:)/i.test(path))) throw invalid();
  if (segments.includes('..') || segments[0]?.toLowerCase() === reservedFolder) throw invalid();
  return decoded;
}

/** Empty segments and `.` name nothing. */
const isName = (segment: string): boolean => segment !== '' && segment !== '.';

/**
 * The one maker of `ArtifactPath`: checks a path as `decodeArtifactPath` does and drops empty segments and `.`, until
 * nothing changes (`./ a`), so that a path that is read again stays what it is.
 * @throws ArtifactError 'bad-path': `Invalid path`, or a segment that is too long
 */
export function parseArtifactPath(text: string): ArtifactPath {
  const path = untilSteady(text, (current) => decodeArtifactPath(current).split('/').filter(isName).join('/'));
  const tooLong = path.split('/').find((segment) => Buffer.byteLength(segment) > longestSegment);
  if (tooLong !== undefined) {
    throw new ArtifactError(
      'bad-path',
      `Artifact name is longer than ${String(longestSegment)} bytes: '${tooLong.slice(0, 40)}...'`,
    );
  }
  return path as ArtifactPath;
}

/** The segments of a path; none for the root. */
export function segmentsOf(path: ArtifactPath): readonly string[] {
  return path === '' ? [] : path.split('/');
}

/**
 * Whether a path is short enough for a file to be made under it.
 * @throws ArtifactError 'bad-path' with the limit that it is beyond
 */
export function requireShort(path: ArtifactPath): void {
  for (const [size, most, unit] of [
    [Buffer.byteLength(path), longestPath, 'bytes'],
    [segmentsOf(path).length, mostSegments, 'segments'],
  ] as const) {
    if (size <= most) continue;
    const excess = `${String(size)} ${unit} of at most ${String(most)}`;
    throw new ArtifactError('bad-path', `Artifact path is too long: ${excess}, the folder of its run included`);
  }
}
