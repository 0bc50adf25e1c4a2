import type { CallContext } from '../../call-context.ts';
import type { ArtifactPath, ArtifactStore } from '../../artifacts/contract.ts';
import { ArtifactError } from '../../artifacts/contract.ts';
import { proxiedPath } from '../../artifacts/uri.ts';

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

/** The path below the artifact root; undefined also for the root itself, which nobody has alone. */
export function pathOf(uri: string): ArtifactPath | undefined {
  const path = proxiedPath(uri);
  return path === '' ? undefined : path;
}

const isWithin = (path: string, folder: string): boolean => path === folder || path.startsWith(`${folder}/`);

/**
 * Removes a folder with all below it; that nothing is there is fine, and so is that nothing can be: a name may be too long
 * for the store. @throws ArtifactError
 */
export async function removeFolder(
  context: CallContext,
  artifacts: ArtifactStore,
  folder: ArtifactPath | undefined,
): Promise<void> {
  if (folder === undefined) return;
  try {
    await artifacts.remove(context, folder);
  } catch (error) {
    const isNowhere = error instanceof ArtifactError && (error.problem === 'not-found' || error.problem === 'bad-path');
    if (!isNowhere) throw error;
  }
}
