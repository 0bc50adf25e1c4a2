import { randomUUID } from 'node:crypto';
import { rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { RootDatabase } from 'lmdb';
import { StoreFull, StoreUnavailable } from '../contract/index.ts';
import { isNoRoom } from '../../no-room.ts';
import { commitFailure } from './failures.ts';

/** How long writes are refused with the same reason after one that found no room: each attempt writes into the log. */
const pause = 1000;

/** What is written to tell a full disk from a broken one. */
const probe = Buffer.alloc(256 * 1024);

export interface WriterOptions {
  readonly root: RootDatabase;
  /** The folder of LMDB's files. */
  readonly path: string;
  /** @throws StoreUnavailable where what is written into the files would be lost */
  readonly checkFiles: () => void;
  /** Whether the environment can be read: after some failures LMDB refuses everything. */
  readonly isReadable: () => boolean;
}

/** The one way to change anything, and where every promise of lmdb's is waited for. */
export class Writer {
  readonly #options: WriterOptions;
  readonly #waiting = new Set<(reason: Error) => void>();
  #full: { readonly failure: StoreFull; readonly until: number } | undefined;
  /** After this no write is begun until LMDB is opened anew. */
  #broken: { readonly failure: StoreUnavailable; readonly isReadable: boolean } | undefined;
  #hasFailed = false;
  /** Writes of one turn of the event loop come together in one commit: one look at the files does for them. */
  #hasChecked = false;

  constructor(options: WriterOptions) {
    this.#options = options;
    const { root } = options;
    // Beside the promises that it gives away lmdb makes one for each batch, when this task ends.
    root.on('beforecommit', () => {
      queueMicrotask(() => void root.committed.then(nothing, nothing));
    });
  }

  /** @throws StoreUnavailable where nothing can be read any more */
  use(): void {
    if (this.#broken?.isReadable === false) throw this.#broken.failure;
  }

  /** @throws StoreUnavailable where no write can be begun */
  check(): void {
    if (this.#broken) throw this.#broken.failure;
    this.#options.checkFiles();
  }

  /**
   * Runs `change` alone, and resolves with its result after the commit has been flushed. Where `change` throws, nothing of
   * it is written. lmdb resolves a transaction when its commit has been flushed; test/durability holds the flush back to
   * prove it.
   */
  async write<T>(change: () => T): Promise<T> {
    if (this.#broken) throw this.#broken.failure;
    this.#checkFiles();
    if (this.#full !== undefined && performance.now() < this.#full.until) throw this.#full.failure;
    const { root } = this.#options;
    let refusal: { readonly error: unknown } | undefined;
    let result: T | undefined;
    let transaction = Infinity;
    const written = this.#commit(() => {
      transaction = root.getWriteTxnId();
      try {
        result = change();
      } catch (error) {
        refusal = { error };
        throw error;
      }
    });
    try {
      await this.#untilBroken(written);
    } catch (error) {
      throw refusal ? refusal.error : this.#failed(error, transaction);
    }
    this.#full = undefined;
    return result as T;
  }

  /** What is under way must have ended. */
  async close(): Promise<void> {
    if (this.#broken?.isReadable === false) throw this.#broken.failure;
    // lmdb's own `close` waits for ever for the flush of a commit that failed; that of an empty one takes its place.
    if (this.#hasFailed) await this.#commit(nothing).catch(nothing);
    await this.#options.root.close();
  }

  #checkFiles(): void {
    if (this.#hasChecked) return;
    this.#options.checkFiles();
    this.#hasChecked = true;
    setImmediate(() => (this.#hasChecked = false));
  }

  /** @throws what `change` throws, or the system's reason */
  #commit(change: () => void): Promise<void> {
    return this.#options.root.childTransaction(change).catch(async (error: unknown) => {
      throw await reasonOf(error);
    });
  }

  #untilBroken(written: Promise<void>): Promise<void> {
    return new Promise((resolve, reject) => {
      this.#waiting.add(reject);
      written.then(resolve, reject).finally(() => this.#waiting.delete(reject));
    });
  }

  #failed(reason: unknown, transaction: number): Error {
    if (this.#broken) return this.#broken.failure;
    this.#hasFailed = true;
    const failure = commitFailure(reason, () => isFull(this.#options.path));
    if (!this.#options.isReadable()) this.#giveUp(failure, false);
    else if (failure instanceof StoreFull) this.#full = { failure, until: performance.now() + pause };
    // Readers see what is not on the disk, and by a later flush nobody learns whether it ever came there.
    else if (this.#lastTransaction() >= transaction) this.#giveUp(failure, true);
    return failure;
  }

  #lastTransaction(): number {
    return (this.#options.root.getStats() as { readonly lastTxnId: number }).lastTxnId;
  }

  #giveUp(cause: Error, isReadable: boolean): void {
    const failure = new StoreUnavailable(`${cause.message}; it must be opened anew`, { cause });
    this.#broken = { failure, isReadable };
    for (const reject of this.#waiting) reject(failure);
    // What lmdb leaves waiting holds locks, which its own way out would wait for.
    if (!isReadable) process.prependListener('exit', () => process.kill(process.pid, 'SIGKILL'));
  }
}

const nothing = (): void => undefined;

/** lmdb rejects with an error that says nothing and holds a second promise, which rejects with the system's. */
async function reasonOf(error: unknown): Promise<unknown> {
  if (!(error instanceof Error) || !('commitError' in error)) return error;
  return Promise.resolve(error.commitError).then(
    () => error,
    (reason: unknown) => reason,
  );
}

/** Whether the file system of a folder has no room for a file. */
function isFull(folder: string): boolean {
  const file = join(folder, `probe-${randomUUID()}`);
  try {
    writeFileSync(file, probe);
    return false;
  } catch (error) {
    return isNoRoom(error);
  } finally {
    rmSync(file, { force: true });
  }
}
