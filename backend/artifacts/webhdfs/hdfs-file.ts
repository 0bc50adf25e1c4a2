import { Readable } from 'node:stream';
import type { ByteRange, OpenArtifact } from '../contract.ts';
import { ArtifactError } from '../contract.ts';
import type { FileStatus } from './answers.ts';
import type { DataNodes } from './data-nodes.ts';
import type { Identity } from './name-node.ts';

/**
 * A file by its inode, which no other content ever gets: what replaces it has another, and HDFS deletes what is replaced,
 * so its bytes come whole or the stream fails.
 */
export class HdfsFile implements OpenArtifact {
  readonly size: number;
  readonly modifiedAt: number;
  readonly version: string;
  readonly #path: string;
  readonly #dataNodes: DataNodes;
  readonly #identity: Identity;

  constructor({ fileId, modificationTime, length }: FileStatus, dataNodes: DataNodes, identity: Identity) {
    this.size = length;
    this.modifiedAt = modificationTime;
    this.version = [fileId, modificationTime, length].map((part) => part.toString(36)).join('-');
    this.#path = `/.reserved/.inodes/${String(fileId)}`;
    this.#dataNodes = dataNodes;
    this.#identity = identity;
  }

  stream(range?: ByteRange): Readable {
    const { start, end } = range ?? { start: 0, end: this.size - 1 };
    if (range !== undefined && (start < 0 || start >= this.size || end < start)) {
      throw new ArtifactError('bad-range', `The artifact has ${String(this.size)} bytes`);
    }
    const length = Math.min(end, this.size - 1) - start + 1;
    return new RemoteBytes(length, (signal) => this.#dataNodes.open(this.#path, start, length, this.#identity, signal));
  }

  /** Nothing is open until the stream is read. */
  async close(): Promise<void> {}
}

/** Exactly so many bytes of an answer that is asked for at the first read, or an error. */
class RemoteBytes extends Readable {
  readonly #open: (signal: AbortSignal) => Promise<Readable>;
  readonly #opening = new AbortController();
  #asked = false;
  #source: Readable | undefined;
  #missing: number;

  constructor(length: number, open: (signal: AbortSignal) => Promise<Readable>) {
    super();
    this.#missing = length;
    this.#open = open;
  }

  override _read(): void {
    if (this.#missing === 0) {
      this.push(null);
      return;
    }
    this.#source?.resume();
    if (this.#asked) return;
    this.#asked = true;
    this.#open(this.#opening.signal).then(
      (source) => this.#follow(source),
      (error: unknown) => this.destroy(asGone(error)),
    );
  }

  override _destroy(error: Error | null, done: (error: Error | null) => void): void {
    this.#opening.abort();
    this.#source?.destroy();
    done(error);
  }

  #follow(source: Readable): void {
    source.on('error', (error) => this.destroy(new ArtifactError('unavailable', 'HDFS broke off', { cause: error })));
    if (this.destroyed) {
      source.destroy();
      return;
    }
    this.#source = source;
    source.on('data', (chunk: Buffer) => {
      this.#missing -= chunk.length;
      if (this.#missing < 0) this.destroy(new ArtifactError('unavailable', 'HDFS sent more than was asked for'));
      else if (!this.push(chunk)) source.pause();
    });
    source.on('end', () => {
      if (this.#missing === 0) this.push(null);
      else this.destroy(new ArtifactError('unavailable', 'HDFS sent less than was asked for'));
    });
  }
}

/** The inode is gone where another content has its name by now. */
function asGone(error: unknown): Error {
  if (error instanceof ArtifactError && error.problem === 'not-found') {
    return new ArtifactError('unavailable', 'The artifact was replaced or removed meanwhile', { cause: error });
  }
  return error instanceof Error ? error : new Error(String(error));
}
