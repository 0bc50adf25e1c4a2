import { ArtifactError } from './contract.ts';
import type { ArtifactPath } from './contract.ts';
import { parseArtifactPath } from './path.ts';

/**
 * Where a run's artifacts lie below the root, for a location of this server's own: `mlflow-artifacts:/a/b` is `a/b`, as
 * the client's uploads to it arrive at. A host in it is the client's affair; query and fragment it leaves out.
 * @returns the path as it stands in the URI, for `parseArtifactPath`; undefined for every other scheme
 */
export function proxiedRoot(artifactUri: string): string | undefined {
  return /^mlflow-artifacts:(?:\/\/[^/?#]*)?\/*([^?#]*)/i.exec(artifactUri)?.[1];
}

/** The same as a path: undefined also for what is no path of an artifact, nobody can have put anything there. */
export function proxiedPath(artifactUri: string): ArtifactPath | undefined {
  const root = proxiedRoot(artifactUri);
  try {
    return root === undefined ? undefined : parseArtifactPath(root);
  } catch (error) {
    if (error instanceof ArtifactError) return undefined;
    throw error;
  }
}

/** As Python's posixpath.join: nothing is normalised, and an empty folder adds no slash. */
export function joinPath(folder: string, name: string): string {
  return folder === '' || folder.endsWith('/') ? folder + name : `${folder}/${name}`;
}
