import type { Readable } from 'node:stream';

/**
 * A path below the artifact root: `/`-separated segments, each neither empty nor `.` nor `..` and without NUL; '' is the
 * root. `parseArtifactPath` is the only maker, so what has this type cannot leave the root by its text.
 */
export type ArtifactPath = string & { readonly __brand: 'ArtifactPath' };

export interface ArtifactEntry {
  /** The last segment of the path. */
  readonly name: string;
  readonly isDirectory: boolean;
  /** Bytes; undefined for a directory. */
  readonly size?: number | undefined;
}

/** A byte range as HTTP asks for it; `end` is inclusive. */
export interface ByteRange {
  readonly start: number;
  readonly end: number;
}

export interface ArtifactContent {
  /** Size of the whole file in bytes, whatever range was asked for. */
  readonly size: number;
  /** The bytes asked for. Not yet flowing; whoever takes it must consume or destroy it. */
  readonly stream: Readable;
}

/**
 * Where artifacts are kept. Bytes stream with backpressure and are never held whole.
 *
 * **Atomic**: a file appears whole or not at all, and replaces an older one of its name at once. An upload that ends
 * early (error, abort, kill) leaves nothing that a read or a list can see, and what it leaves behind hidden is removed
 * at the next start of the engine or after a stated time.
 *
 * **Durable**: a `write` that resolved is flushed, its name too.
 *
 * **Confined**: nothing outside the root is read, written, listed or removed, through no link either.
 */
export interface ArtifactStore {
  /**
   * Stores the stream under the path and makes the folders above it.
   * @throws ArtifactError 'is-directory' | 'not-a-directory' | 'unavailable' | 'quota', and whatever the source ends with
   */
  write(path: ArtifactPath, source: Readable, signal?: AbortSignal): Promise<void>;

  /**
   * Opens a file. A range is cut to the file's end; one that starts behind it is 'bad-range'.
   * @throws ArtifactError 'not-found' | 'is-directory' | 'bad-range' | 'unavailable'
   */
  read(path: ArtifactPath, range?: ByteRange): Promise<ArtifactContent>;

  /** What the path is; undefined where nothing is there. */
  stat(path: ArtifactPath): Promise<ArtifactEntry | undefined>;

  /** The entries of a folder in name order (code points); of a file or of nothing, none. Complete, or it throws. */
  list(path: ArtifactPath): Promise<readonly ArtifactEntry[]>;

  /**
   * Removes a file, or a folder with all below it.
   * @throws ArtifactError 'not-found' | 'unavailable'
   */
  remove(path: ArtifactPath): Promise<void>;

  /** Resolves when the store can serve, with what it is, for the log. */
  check(): Promise<string>;

  close(): Promise<void>;
}

export type ArtifactProblem =
  'not-found' | 'is-directory' | 'not-a-directory' | 'bad-range' | 'bad-path' | 'quota' | 'unavailable';

/** What an artifact store throws; drivers translate their native errors to it at their edge. */
export class ArtifactError extends Error {
  override readonly name = 'ArtifactError';
  readonly problem: ArtifactProblem;

  constructor(problem: ArtifactProblem, message: string, options?: ErrorOptions) {
    super(message, options);
    this.problem = problem;
  }
}
