import type { FileHandle } from 'node:fs/promises';
import { Readable } from 'node:stream';
import { ArtifactError } from '../contract.ts';
import type { SpoolSpace } from './spool-space.ts';

/** What is kept in memory before there is a file: most artifacts end before it. */
const mostInMemory = 64 * 1024;

/** Bytes that are read of the file at once. */
const readSize = 64 * 1024;

/**
 * A body that can be sent again from its first byte: what has come of it is kept until it is closed, first in memory and
 * then in a file. Where there is no room it flows all the same, and is no longer `whole`.
 */
export class RepeatableBody {
  readonly #source: Readable;
  readonly #space: SpoolSpace;
  readonly #head: Buffer[] = [];
  #file: FileHandle | undefined;
  #inFile = 0;
  #received = 0;
  #whole = true;
  #coming: Promise<Buffer | undefined> | undefined;
  #letGo: () => void = () => undefined;

  constructor(source: Readable, space: SpoolSpace) {
    this.#source = source;
    this.#space = space;
  }

  /** Bytes that have come so far. */
  get received(): number {
    return this.#received;
  }

  /** Whether all that has come could be sent again. */
  get whole(): boolean {
    return this.#whole;
  }

  /** All of it. Of several only the last one that was made may be read. */
  stream(): Readable {
    let position = 0;
    const stream: Readable = new Readable({
      highWaterMark: readSize,
      read: () => {
        this.#pieceAt(position).then(
          (piece) => {
            position += piece?.length ?? 0;
            stream.push(piece ?? null);
          },
          (error: unknown) => stream.destroy(error instanceof Error ? error : new Error(String(error))),
        );
      },
    });
    // Between two requests nobody else listens, and an error that nobody hears ends the process.
    return stream.on('error', () => undefined);
  }

  /** Forgets what is kept, and takes no more of the source. */
  async close(): Promise<void> {
    this.#letGo();
    await this.#forget();
  }

  async #pieceAt(position: number): Promise<Buffer | undefined> {
    const { errored } = this.#source;
    if (errored !== null) throw errored;
    if (position < this.#received) return this.#kept(position);
    const coming = (this.#coming ??= this.#next());
    try {
      return await coming;
    } finally {
      if (this.#coming === coming) this.#coming = undefined;
    }
  }

  async #kept(position: number): Promise<Buffer> {
    if (!this.#whole) throw new ArtifactError('unavailable', 'The upload is too large to be sent to HDFS again');
    if (this.#file === undefined) return Buffer.concat(this.#head).subarray(position);
    const { bytesRead, buffer } = await this.#file.read(Buffer.allocUnsafe(readSize), 0, readSize, position);
    if (bytesRead === 0) throw new ArtifactError('unavailable', 'The upload was not kept to be sent to HDFS again');
    return buffer.subarray(0, bytesRead);
  }

  /** The next piece of the source, kept; undefined at its end. */
  async #next(): Promise<Buffer | undefined> {
    const piece = await this.#take();
    if (piece === undefined) return undefined;
    if (this.#whole) await this.#keep(piece).catch(() => this.#forget());
    this.#received += piece.length;
    return piece;
  }

  /** @throws where there is no room, or the disk is full */
  async #keep(piece: Buffer): Promise<void> {
    if (this.#file === undefined && this.#received + piece.length <= mostInMemory) {
      this.#head.push(piece);
      return;
    }
    const more = this.#file === undefined ? [...this.#head, piece] : [piece];
    const size = more.reduce((sum, { length }) => sum + length, 0);
    if (!this.#space.take(size)) throw new Error('no room');
    this.#inFile += size;
    this.#file ??= await this.#space.open();
    this.#head.length = 0;
    await this.#file.appendFile(Buffer.concat(more));
  }

  async #forget(): Promise<void> {
    this.#whole = false;
    this.#head.length = 0;
    const [file, size] = [this.#file, this.#inFile];
    this.#file = undefined;
    this.#inFile = 0;
    await file?.close().catch(() => undefined);
    this.#space.give(size);
  }

  /** One piece of the source, which stands still before and after. */
  #take(): Promise<Buffer | undefined> {
    const source = this.#source;
    return new Promise((resolve, reject) => {
      const failed = (error?: Error): void => settle(() => reject(error ?? new Error('The body to send ended early.')));
      const took = (piece: Buffer): void => settle(() => resolve(piece));
      const ended = (): void => settle(() => resolve(undefined));
      const letGo = (): void => {
        source.pause().off('data', took).off('end', ended).off('error', failed).off('close', failed);
      };
      const settle = (how: () => void): void => {
        letGo();
        how();
      };
      if (source.errored !== null) return failed(source.errored);
      if (source.readableEnded) return ended();
      if (source.destroyed) return failed();
      this.#letGo = letGo;
      source.on('data', took).once('end', ended).once('error', failed).once('close', failed).resume();
    });
  }
}
