import { randomUUID } from 'node:crypto';
import { open, unlink } from 'node:fs/promises';
import type { FileHandle } from 'node:fs/promises';
import { join } from 'node:path';

export interface SpoolOptions {
  /** A folder on a local disk, which is there. */
  readonly folder: string;
  /** Bytes for all uploads under way together. */
  readonly limit: number;
}

/** The disk that uploads under way share. */
export class SpoolSpace {
  readonly #options: SpoolOptions;
  #used = 0;

  constructor(options: SpoolOptions) {
    this.#options = options;
  }

  /** Whether there was room for so many bytes more, which are the caller's until it gives them back. */
  take(bytes: number): boolean {
    if (this.#used + bytes > this.#options.limit) return false;
    this.#used += bytes;
    return true;
  }

  give(bytes: number): void {
    this.#used -= bytes;
  }

  /** A file without a name: it goes with the process, however that ends. */
  async open(): Promise<FileHandle> {
    const path = join(this.#options.folder, `.upload-${randomUUID()}`);
    const file = await open(path, 'wx+', 0o600);
    await unlink(path);
    return file;
  }
}
