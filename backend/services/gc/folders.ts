import type { CallContext } from '../../call-context.ts';
import type { ArtifactPath, ArtifactStore } from '../../artifacts/contract.ts';
import { ArtifactError } from '../../artifacts/contract.ts';
import { parseArtifactPath } from '../../artifacts/path.ts';
import { proxiedRoot } from '../../artifacts/uri.ts';

/** Below the folder of a run or a logged model. */
const artifactsFolder = '/artifacts';

/**
 * The folder of a run or a logged model below the artifact root: all of it, where it is named as Kirka names them, else the
 * artifacts alone. Undefined where they are kept elsewhere, or would be the root itself.
 */
export function folderOf(artifactUri: string, id: string): ArtifactPath | undefined {
  const path = pathOf(artifactUri);
  return path?.endsWith(`/${id}${artifactsFolder}`) ? (path.slice(0, -artifactsFolder.length) as ArtifactPath) : path;
}

/**
 * The folder of an experiment, if it is the one that Kirka gives it. One that its maker chose may be others', too.
 * @param others the locations of all other experiments: one of them may lie in it
 */
export function folderOfExperiment(
  { experimentId, artifactLocation }: { readonly experimentId: string; readonly artifactLocation: string },
  others: Iterable<string>,
): ArtifactPath | undefined {
  const path = pathOf(artifactLocation);
  if (path !== experimentId) return undefined;
  for (const other of others) {
    const there = pathOf(other);
    if (there !== undefined && isWithin(there, path)) return undefined;
  }
  return path;
}

export function pathOf(uri: string): ArtifactPath | undefined {
  const root = proxiedRoot(uri);
  if (root === undefined) return undefined;
  try {
    const path = parseArtifactPath(root);
    return path === '' ? undefined : path;
  } catch (error) {
    // Nobody could have put anything there.
    if (error instanceof ArtifactError) return undefined;
    throw error;
  }
}

const isWithin = (path: string, folder: string): boolean => path === folder || path.startsWith(`${folder}/`);

/** Removes a folder with all below it; that nothing is there is fine. @throws ArtifactError */
export async function removeFolder(
  context: CallContext,
  artifacts: ArtifactStore,
  folder: ArtifactPath | undefined,
): Promise<void> {
  if (folder === undefined) return;
  try {
    await artifacts.remove(context, folder);
  } catch (error) {
    if (!(error instanceof ArtifactError && error.problem === 'not-found')) throw error;
  }
}
