import type { Readable } from 'node:stream';
import type { CallContext, Caller } from '../../call-context.ts';
import { compareCodePoints } from '../../entities/order.ts';
import type { ArtifactEntry, ArtifactPath, ArtifactStore, OpenArtifact } from '../contract.ts';
import { ArtifactError } from '../contract.ts';
import { reservedFolder, segmentsOf } from '../path.ts';
import type { FileStatus } from './answers.ts';
import type { DataNodes } from './data-nodes.ts';
import { HdfsFile } from './hdfs-file.ts';
import { isUncertain } from './name-node.ts';
import type { Identity } from './name-node.ts';
import { fromHdfsName, toHdfsName } from './names.ts';
import type { Namespace } from './namespace.ts';
import type { SpoolSpace } from './spool-space.ts';
import { isFull } from './staging.ts';
import type { Staging } from './staging.ts';
import { publish } from './publish.ts';
import { stage } from './upload.ts';

/** As whom HDFS is asked, and its names as that one sees them. */
export interface Access {
  readonly identity: Identity;
  readonly namespace: Namespace;
}

export interface StoreParts {
  readonly root: string;
  readonly description: string;
  readonly dataNodes: DataNodes;
  readonly staging: Staging;
  readonly space: SpoolSpace;
  /** The backend's own. */
  readonly itself: Access;
  /** That of whoever calls; the backend's own where it acts for nobody. */
  readonly accessOf: (caller: Caller) => Access;
  readonly close: () => Promise<void>;
}

/** Where an artifact is in HDFS. */
interface Target {
  readonly path: string;
  /** The artifact's own name. */
  readonly name: string;
  /** The folders between the root and it, from the highest down. */
  readonly folders: readonly string[];
}

/** Artifacts below a folder of HDFS, each call as the user who makes it where the backend acts for its users. */
export class WebhdfsArtifactStore implements ArtifactStore {
  readonly #parts: StoreParts;
  #closed: Promise<void> | undefined;

  constructor(parts: StoreParts) {
    this.#parts = parts;
  }

  async write(context: CallContext, path: ArtifactPath, source: Readable): Promise<void> {
    // Between two requests nobody else listens, and an error that nobody hears ends the process.
    const heard = (): void => undefined;
    source.on('error', heard);
    try {
      await this.#write(context, this.#target(path), source);
    } finally {
      source.off('error', heard);
    }
  }

  async open(context: CallContext, path: ArtifactPath): Promise<OpenArtifact> {
    const { identity, namespace } = this.#accessOf(context);
    const status = await namespace.status(this.#target(path).path);
    if (status?.type === 'DIRECTORY') throw isDirectory();
    if (status?.type !== 'FILE') throw notFound();
    return new HdfsFile(status, this.#parts.dataNodes, identity);
  }

  async stat(context: CallContext, path: ArtifactPath): Promise<ArtifactEntry | undefined> {
    const { path: hdfsPath, name } = this.#target(path);
    if (name === '') return { name, isDirectory: true };
    const status = await this.#accessOf(context).namespace.status(hdfsPath);
    return status === undefined ? undefined : entryOf(name, status);
  }

  async list(context: CallContext, path: ArtifactPath): Promise<readonly ArtifactEntry[]> {
    const { namespace } = this.#accessOf(context);
    const statuses = (await namespace.list(this.#target(path).path, context)) ?? [];
    const entries: ArtifactEntry[] = [];
    for (const status of statuses) {
      const name = fromHdfsName(status.pathSuffix);
      if (name === undefined || (path === '' && name === reservedFolder)) continue;
      const entry = entryOf(name, status);
      if (entry !== undefined) entries.push(entry);
    }
    return entries.sort((one, other) => compareCodePoints(one.name, other.name));
  }

  async remove(context: CallContext, path: ArtifactPath): Promise<void> {
    const target = this.#target(path);
    if (target.name === '') throw new ArtifactError('bad-path', 'The artifact root cannot be removed');
    try {
      await this.#remove(this.#accessOf(context), target.path);
    } catch (error) {
      if (error instanceof ArtifactError && error.problem === 'not-a-directory') throw notFound();
      throw error;
    }
  }

  async check(): Promise<string> {
    const { root, itself, description } = this.#parts;
    if ((await itself.namespace.status(root))?.type === 'DIRECTORY') return description;
    throw new ArtifactError('unavailable', 'The artifact root is missing in HDFS');
  }

  close(): Promise<void> {
    this.#closed ??= this.#parts.close();
    return this.#closed;
  }

  async #remove({ namespace }: Access, path: string): Promise<void> {
    const aside = await this.#parts.staging.fresh().catch((error: unknown) => {
      if (isFull(error)) return undefined;
      throw error;
    });
    if (aside === undefined) {
      // No quota is left for the folder to move it to: it is deleted where it stands, which makes room.
      if (await namespace.delete(path, true)) return;
      throw notFound();
    }
    try {
      await namespace.rename(path, aside);
    } catch (error) {
      // What is not there may be the staging folder, where another backend has taken this one for ended.
      const isMissing = error instanceof ArtifactError && error.problem === 'not-found';
      if (isMissing && (await namespace.status(aside.slice(0, aside.lastIndexOf('/')))) === undefined) {
        throw new ArtifactError('unavailable', 'HDFS lost the staging folder', { cause: error });
      }
      if (!isUncertain(error) || (await namespace.status(aside)) === undefined) throw error;
    }
    // It is removed by now; what cannot be deleted goes with the staging folder.
    await namespace.delete(aside, true).catch(() => false);
  }

  async #write(context: CallContext, { path, folders }: Target, source: Readable): Promise<void> {
    const { dataNodes, staging, space } = this.#parts;
    const access = this.#accessOf(context);
    // Spares a client the upload that `publish` would refuse.
    if ((await access.namespace.place(path))?.type === 'DIRECTORY') throw isDirectory();
    const staged = await stage(source, context.signal, { ...access, dataNodes, staging, space });
    await publish(staged, path, folders, access.namespace);
  }

  #accessOf({ caller }: CallContext): Access {
    return this.#parts.accessOf(caller);
  }

  #target(path: ArtifactPath): Target {
    const segments = segmentsOf(path);
    const folders: string[] = [];
    let target = this.#parts.root;
    for (const segment of segments) {
      folders.push(target);
      target += `/${toHdfsName(segment)}`;
    }
    return { path: target, name: segments.at(-1) ?? '', folders: folders.slice(1) };
  }
}

function entryOf(name: string, { type, length }: FileStatus): ArtifactEntry | undefined {
  if (type === 'DIRECTORY') return { name, isDirectory: true };
  return type === 'FILE' ? { name, isDirectory: false, size: length } : undefined;
}

const notFound = (): ArtifactError => new ArtifactError('not-found', 'No such artifact');
const isDirectory = (): ArtifactError => new ArtifactError('is-directory', 'A folder has this name');
