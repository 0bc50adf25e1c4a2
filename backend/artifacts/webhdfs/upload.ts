import { addAbortSignal } from 'node:stream';
import { setTimeout as delay } from 'node:timers/promises';
import { Readable } from 'node:stream';
import { ArtifactError } from '../contract.ts';
import type { DataNodes } from './data-nodes.ts';
import type { FileStatus } from './answers.ts';
import { isUncertain } from './name-node.ts';
import type { Identity } from './name-node.ts';
import type { Namespace } from './namespace.ts';

/** How often the folders above a file are made anew when a removal takes them away meanwhile. */
const mostAttempts = 200;

/** How long the file of an upload that broke off may take to appear, until a DataNode has seen the end; ms. */
const lateFile = [0, 20, 50, 100, 200, 400, 800, 1600];

interface Parts {
  readonly namespace: Namespace;
  readonly dataNodes: DataNodes;
  readonly identity: Identity;
}

/** Writes the source to a new file at `staged`, whole and on disk; where that fails, no file stays. */
export async function stage(
  staged: string,
  source: Readable,
  signal: AbortSignal | undefined,
  { namespace, dataNodes, identity }: Parts,
): Promise<FileStatus> {
  signal?.throwIfAborted();
  if (signal !== undefined) addAbortSignal(signal, source);
  let sent = 0;
  const count = (chunk: Uint8Array): void => void (sent += chunk.byteLength);
  // A listener of data lets it flow; it waits until the request takes it.
  source.on('data', count).pause();
  try {
    await dataNodes.create(staged, source, identity);
    signal?.throwIfAborted();
    const status = await namespace.status(staged);
    if (status?.length === sent) return status;
    throw new ArtifactError('unavailable', `HDFS kept ${String(status?.length)} of ${String(sent)} bytes`);
  } catch (error) {
    const failure = isCut(error) ? await reasonOfCut(error, staged, { namespace, dataNodes, identity }) : error;
    await forget(staged, namespace, error);
    throw source.errored ?? failure;
  } finally {
    source.off('data', count);
  }
}

/** Whether the connection went in the middle, so that HDFS could not say why. */
const isCut = (error: unknown): boolean => isUncertain(error);

/** A DataNode that finds the quota used up may end the connection while we send: a file of one byte is told the reason. */
async function reasonOfCut(
  error: unknown,
  staged: string,
  { namespace, dataNodes, identity }: Parts,
): Promise<unknown> {
  const probe = `${staged}-probe`;
  try {
    await dataNodes.create(probe, Readable.from([Buffer.of(0)], { objectMode: false }), identity);
    return error;
  } catch (reason) {
    return reason instanceof ArtifactError && reason.problem === 'quota' ? reason : error;
  } finally {
    await namespace.delete(probe, false).catch(() => undefined);
  }
}

/** Deletes what an upload left: also what a DataNode makes a moment after the connection went. */
async function forget(staged: string, namespace: Namespace, error: unknown): Promise<void> {
  const answered = error instanceof ArtifactError && !isUncertain(error);
  for (const pause of lateFile) {
    await delay(pause);
    const gone = await namespace.delete(staged, false).catch(() => true);
    // What stays is removed with the folder it is in.
    if (gone || answered) return;
  }
}

/**
 * Gives a staged file its path below the root, and makes the folders above it where they are missing.
 * @param folders the folders' paths, from the one in the root on
 */
export async function publish(
  staged: FileStatus & { readonly path: string },
  target: string,
  folders: readonly string[],
  namespace: Namespace,
): Promise<void> {
  let made: readonly string[] = [];
  try {
    for (let attempt = 1; ; attempt++) {
      try {
        await namespace.rename(staged.path, target);
        return;
      } catch (error) {
        if (attempt === mostAttempts) throw error;
        if (isUncertain(error)) {
          if ((await namespace.status(staged.path)) !== undefined) continue;
          if ((await namespace.status(target))?.fileId === staged.fileId) return;
          throw error;
        }
        if (!(error instanceof ArtifactError)) throw error;
        if (error.problem === 'unavailable' && (await namespace.status(target))?.type === 'DIRECTORY') {
          throw new ArtifactError('is-directory', 'A folder has this name', { cause: error });
        }
        const parent = folders.at(-1);
        if (error.problem !== 'not-found' || parent === undefined) throw error;
        if (attempt === 1) made = await missing(folders, namespace);
        // Two that take turns at the same pace would do so for ever.
        else await delay(Math.random() * Math.min(attempt, 20));
        await namespace.makeFolder(parent);
      }
    }
  } catch (error) {
    // Only what is empty goes; a write beside this one makes its folder anew.
    for (const folder of made.toReversed()) await namespace.delete(folder, false).catch(() => undefined);
    await namespace.delete(staged.path, false).catch(() => undefined);
    throw error;
  }
}

/** Those of the folders that are not there, from the highest down. */
async function missing(folders: readonly string[], namespace: Namespace): Promise<readonly string[]> {
  for (let there = folders.length - 1; there >= 0; there--) {
    if ((await namespace.status(folders[there] ?? '')) !== undefined) return folders.slice(there + 1);
  }
  return folders;
}
