import { addAbortSignal } from 'node:stream';
import { setTimeout as delay } from 'node:timers/promises';
import { Readable } from 'node:stream';
import { RemoteUnavailable } from '../../remote/index.ts';
import { ArtifactError } from '../contract.ts';
import type { DataNodes } from './data-nodes.ts';
import { HdfsError } from './hdfs-error.ts';
import { isUncertain } from './name-node.ts';
import type { Identity } from './name-node.ts';
import type { Namespace } from './namespace.ts';
import type { Staged } from './publish.ts';
import { RepeatableBody } from './repeatable-body.ts';
import type { SpoolSpace } from './spool-space.ts';
import type { Staging } from './staging.ts';

/** How often a body is sent at most. */
const mostAttempts = 4;

/** How long the file of an upload that broke off may take to appear, until a DataNode has seen the end; ms. */
const lateFile = [0, 20, 50, 100, 200, 400, 800, 1600];

export interface UploadParts {
  readonly namespace: Namespace;
  readonly dataNodes: DataNodes;
  readonly identity: Identity;
  readonly staging: Pick<Staging, 'fresh'>;
  readonly space: SpoolSpace;
}

/**
 * Writes the source to a new file in the staging folder, whole and on disk; where that fails, no file stays. The DataNode
 * that takes the bytes may go with all that it had: then they are sent to another one, while they are still kept.
 * @throws ArtifactError; whatever the source or the signal ends with
 */
export async function stage(source: Readable, signal: AbortSignal, parts: UploadParts): Promise<Staged> {
  signal.throwIfAborted();
  addAbortSignal(signal, source);
  const body = new RepeatableBody(source, parts.space);
  const avoided = new Set<string>();
  try {
    for (let attempt = 1; ; attempt++) {
      const path = await parts.staging.fresh();
      try {
        return { path, fileId: await send(path, body, signal, avoided, parts) };
      } catch (error) {
        const brokeOff = isCut(error);
        const reason = brokeOff ? await reasonOfCut(error, path, avoided, parts) : error;
        await forget(path, parts.namespace, error);
        const mayGoOn = brokeOff || (attempt > 1 && isUnreached(error));
        const again = mayGoOn && reason === error && attempt < mostAttempts && body.whole && source.errored === null;
        if (!again) throw source.errored ?? reason;
      }
    }
  } finally {
    await body.close();
  }
}

/** Sends the body once. @returns the new file's inode */
async function send(
  path: string,
  body: RepeatableBody,
  signal: AbortSignal,
  avoided: Set<string>,
  { namespace, dataNodes, identity }: UploadParts,
): Promise<number> {
  const stream = body.stream();
  try {
    await dataNodes.create(path, stream, identity, avoided);
    signal.throwIfAborted();
    const status = await namespace.status(path);
    if (status?.length === body.received) return status.fileId;
    throw new ArtifactError('unavailable', `HDFS kept ${String(status?.length)} of ${String(body.received)} bytes`);
  } finally {
    stream.destroy();
  }
}

/** Whether no DataNode could be reached. */
const isUnreached = (error: unknown): boolean => error instanceof Error && error.cause instanceof RemoteUnavailable;

/** Whether HDFS could not say why: the connection went in the middle, or a proxy on the way gave up. */
const isCut = (error: unknown): boolean =>
  isUncertain(error) ||
  (error instanceof ArtifactError && error.cause instanceof HdfsError && error.cause.exception === undefined);

/** A DataNode that finds the quota used up may end the connection while we send: a file of one byte is told the reason. */
async function reasonOfCut(
  error: unknown,
  staged: string,
  avoided: Set<string>,
  { namespace, dataNodes, identity }: UploadParts,
): Promise<unknown> {
  const probe = `${staged}-probe`;
  try {
    await dataNodes.create(probe, Readable.from([Buffer.of(0)], { objectMode: false }), identity, avoided);
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
