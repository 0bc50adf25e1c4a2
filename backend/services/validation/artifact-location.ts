import type { ArtifactPath } from '../../artifacts/contract.ts';
import { longestPath, mostSegments, segmentsOf } from '../../artifacts/path.ts';
import { proxiedPath } from '../../artifacts/uri.ts';
import { brief } from '../../brief.ts';
import type { MlflowError } from '../../errors.ts';
import { invalidParameter } from '../../errors.ts';
import { lengthOf } from '../../code-points.ts';
import type { Rules } from './rules.ts';
import { splitUri } from './uri.ts';
import type { UriParts } from './uri.ts';

/** Schemes of which MLflow's server says that they would make it connect to a host of the caller's choice. */
const hostSchemes = new Set([
  'ftp',
  'sftp',
  'hdfs',
  'viewfs',
  'http',
  'https',
  'mlflow-artifacts',
  'r2',
  'b2',
  'abfss',
]);

/** urllib takes `;parameters` off the last segment of a path of these schemes only; '' is no scheme. */
const parameterSchemes = new Set([
  '',
  'ftp',
  'hdl',
  'prospero',
  'http',
  'https',
  'shttp',
  'sip',
  'sips',
  'mms',
  'sftp',
]);

/**
 * Checks the artifact location that a client gives to a new experiment, in the order of MLflow's server. What passes is
 * stored as it came: a relative path too, since the folder that this server happens to run in means nothing to a client.
 * @throws MlflowError
 */
export function checkArtifactLocation(location: string, rules: Rules): void {
  // Else asked last: but what is far too long is not decoded, time and again, to find out more about it.
  if (location.length > 10 * rules.maxArtifactLocation) throw tooLong(rules);
  const parts = splitUri(location);
  if (parts.fragment !== '' || hasParameters(parts)) {
    throw invalidParameter("'artifact_location' URL can't include fragments or params.");
  }
  if (fullyDecoded(parts.query).includes('..')) throw invalidParameter('Invalid query string');
  checkHostScheme(location, 'artifact_location', rules);
  if (location.startsWith('runs:')) {
    throw invalidParameter(brief`Artifact location cannot be a runs:/ URI. Given: '${location}'`);
  }
  if (lengthOf(location) > rules.maxArtifactLocation) throw tooLong(rules);
  checkRoomBelow(location);
}

/** A location that this server keeps may take half of what a path may have: the other half is for what lies in a run. */
const longestLocation = longestPath / 2;
const mostFolders = mostSegments / 2;

function checkRoomBelow(location: string): void {
  const path = proxiedPath(location) ?? ('' as ArtifactPath);
  if (Buffer.byteLength(path) <= longestLocation && segmentsOf(path).length <= mostFolders) return;
  throw invalidParameter(
    brief`'artifact_location' is too long for files to be kept below it: its path may have at most ${longestLocation} bytes ` +
      brief`and ${mostFolders} segments.`,
  );
}

const tooLong = ({ maxArtifactLocation }: Rules): MlflowError =>
  invalidParameter(
    'Invalid artifact path length. The length of the artifact path cannot be greater than ' +
      brief`${maxArtifactLocation} characters. To configure this limit, please set the ` +
      'MLFLOW_ARTIFACT_LOCATION_MAX_LENGTH environment variable.',
  );

/**
 * Checks that a location does not name a host that its reader would be made to connect to.
 * @param field what the message calls it
 * @throws MlflowError
 */
export function checkHostScheme(location: string, field: string, rules: Rules): void {
  const parts = splitUri(location);
  if (!namesHost(parts) || rules.allowedHostSchemes.has(parts.scheme)) return;
  throw invalidParameter(
    brief`'${field}' cannot use the '${parts.scheme}' scheme: the '${parts.scheme}' scheme addresses a host ` +
      "other than the tracking server's configured artifact storage, so the server would connect to the host named " +
      'in the URI. Set the MLFLOW_ALLOWED_HOST_ADDRESSED_ARTIFACT_SCHEMES environment variable on the server to ' +
      'allow it.',
  );
}

/** `mlflow-artifacts:/path` names no host: clients resolve it against the tracking URI. */
const namesHost = ({ scheme, authority }: UriParts): boolean =>
  hostSchemes.has(scheme) && !(scheme === 'mlflow-artifacts' && authority === '');

const hasParameters = ({ scheme, path }: UriParts): boolean =>
  parameterSchemes.has(scheme) && /;./.test(path.slice(path.lastIndexOf('/') + 1));

/** Decodes until nothing changes, so that no number of encodings hides a `..`. */
function fullyDecoded(text: string): string {
  let decoded = text;
  for (let round = 0; round < 10; round++) {
    const next = decoded.replace(/(?:%[0-9a-f]{2})+/gi, (bytes) =>
      Buffer.from(bytes.replaceAll('%', ''), 'hex').toString('utf8'),
    );
    if (next === decoded) return decoded;
    decoded = next;
  }
  throw invalidParameter('Invalid query string');
}
