import { addAbortSignal } from 'node:stream';
import { setTimeout as delay } from 'node:timers/promises';
import { Readable } from 'node:stream';
import { ArtifactError } from '../contract.ts';
import type { DataNodes } from './data-nodes.ts';
import type { FileStatus } from './answers.ts';
import { HdfsError } from './hdfs-error.ts';
import { isUncertain } from './name-node.ts';
import type { Identity } from './name-node.ts';
import type { Namespace } from './namespace.ts';

/** How long the file of an upload that broke off may take to appear, until a DataNode has seen the end; ms. */
const lateFile = [0, 20, 50, 100, 200, 400, 800, 1600];

export interface UploadParts {
  readonly namespace: Namespace;
  readonly dataNodes: DataNodes;
  readonly identity: Identity;
}

/** Writes the source to a new file at `staged`, whole and on disk; where that fails, no file stays. */
export async function stage(
  staged: string,
  source: Readable,
  signal: AbortSignal | undefined,
  { namespace, dataNodes, identity }: UploadParts,
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

/** Whether HDFS could not say why: the connection went in the middle, or a proxy on the way gave up. */
const isCut = (error: unknown): boolean =>
  isUncertain(error) ||
  (error instanceof ArtifactError && error.cause instanceof HdfsError && error.cause.exception === undefined);

/** A DataNode that finds the quota used up may end the connection while we send: a file of one byte is told the reason. */
async function reasonOfCut(
  error: unknown,
  staged: string,
  { namespace, dataNodes, identity }: UploadParts,
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
