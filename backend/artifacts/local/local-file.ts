import type { BigIntStats } from 'node:fs';
import type { FileHandle } from 'node:fs/promises';
import type { Readable } from 'node:stream';
import type { ByteRange, OpenArtifact } from '../contract.ts';
import { ArtifactError } from '../contract.ts';

/** An open file: what replaces or removes its name later does not touch it. */
export class LocalFile implements OpenArtifact {
  readonly size: number;
  readonly modifiedAt: number;
  readonly version: string;
  readonly #handle: FileHandle;

  constructor(handle: FileHandle, stats: BigIntStats) {
    this.#handle = handle;
    this.size = Number(stats.size);
    this.modifiedAt = Number(stats.mtimeMs);
    this.version = [stats.ino, stats.mtimeNs, stats.size].map((part) => part.toString(36)).join('-');
  }

  stream(range?: ByteRange): Readable {
    const { start, end } = range ?? { start: 0, end: this.size - 1 };
    if (range !== undefined && (start < 0 || start >= this.size || end < start)) {
      throw new ArtifactError('bad-range', `The artifact has ${String(this.size)} bytes`);
    }
    // A file stream cannot be asked for no byte at all; this one finds the end at once.
    if (this.size === 0) return this.#handle.createReadStream({ start: 0, end: 0 });
    return this.#handle.createReadStream({ start, end: Math.min(end, this.size - 1) });
  }

  async close(): Promise<void> {
    await this.#handle.close();
  }
}
