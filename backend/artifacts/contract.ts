import type { Readable } from 'node:stream';
import type { CallContext } from '../call-context.ts';

/**
 * A path below the artifact root: `/`-separated segments, each neither empty nor `.` nor `..`, at most 255 bytes long and
 * without control characters; '' is the root. `parseArtifactPath` is the only maker, so what has this type cannot leave
 * the root by its text, nor name what a store keeps for itself. However long it is, a store finds and removes what is
 * there; what the API makes is bounded by `requireShort`.
 */
export type ArtifactPath = string & { readonly __brand: 'ArtifactPath' };

export interface ArtifactEntry {
  /** The last segment of the path; '' for the root. */
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

/**
 * A file as it was when it was opened. Whoever opens it ends it: by `stream` (read to its end, or destroyed) or `close`.
 */
export interface OpenArtifact {
  /** Bytes. */
  readonly size: number;
  /** ms since 1970. */
  readonly modifiedAt: number;
  /** Opaque; another one whenever the content was replaced. */
  readonly version: string;
  /**
   * The bytes, or those of a range, cut to the file's end; at most once. They are those of this version throughout, or
   * the stream ends with an error: what replaces the file meanwhile is never mixed in. Not yet flowing.
   * @throws ArtifactError 'bad-range' where the range is empty or starts behind the end
   */
  stream(range?: ByteRange): Readable;
  /** Idempotent, also after `stream`. */
  close(): Promise<void>;
}

/**
 * Where artifacts are kept. Bytes stream with backpressure and are never held whole.
 *
 * **Atomic**: a file appears whole or not at all, and replaces an older one of its name at once; a folder is removed at
 * once. An upload that ends early (error, abort, kill) leaves nothing that a read or a list can see, no folder either,
 * and what it leaves behind hidden is removed by the next engine, beside its work, or after a stated time: whatever that
 * is, it keeps no engine from opening. Of racing writes of one path one stays, whole. A write and a removal of a folder
 * above it happen in some order.
 *
 * **Durable**: a `write` or `remove` that resolved is flushed, with all the names on the path.
 *
 * **Confined**: nothing outside the root is read, written, listed or removed, through no link either. What is neither a
 * file nor a folder (a link, a pipe) is not there.
 *
 * **For the caller**: an engine that knows users reaches the files as the one who calls, with the user's own permissions
 * ('forbidden'); others reach all of them as themselves.
 *
 * **Bounded by the call**: a list, and the reading of an upload's source, end with the reason for which the call's context
 * has ended. What has begun to get its name gets it.
 *
 * **Errors**: a driver's own errors leave as `ArtifactError`.
 */
export interface ArtifactStore {
  /**
   * Stores the stream under the path and makes the folders above it. The source is read to its end, or, where the write
   * is refused, left as it stands for its owner to end; where the call ends it is destroyed.
   * @throws ArtifactError 'is-directory' | 'not-a-directory' (a file where a folder is needed) | 'bad-path' |
   *   'unavailable' | 'quota', and whatever the source or the signal ends with
   */
  write(context: CallContext, path: ArtifactPath, source: Readable): Promise<void>;

  /** @throws ArtifactError 'not-found' | 'is-directory' | 'unavailable' */
  open(context: CallContext, path: ArtifactPath): Promise<OpenArtifact>;

  /** What the path is; undefined where nothing is there. */
  stat(context: CallContext, path: ArtifactPath): Promise<ArtifactEntry | undefined>;

  /** The entries of a folder in name order (code points); of a file or of nothing, none. Complete, or it throws. */
  list(context: CallContext, path: ArtifactPath): Promise<readonly ArtifactEntry[]>;

  /**
   * Removes a file, or a folder with all below it. The root stays.
   * @throws ArtifactError 'not-found' | 'bad-path' (the root) | 'unavailable'
   */
  remove(context: CallContext, path: ArtifactPath): Promise<void>;

  /** Resolves when the store can serve, with what it is, for the log. */
  check(): Promise<string>;

  /** Lets go of the engine: what is asked of it afterwards is 'unavailable', what is still open may fail. Idempotent. */
  close(): Promise<void>;
}

export type ArtifactProblem =
  'not-found' | 'is-directory' | 'not-a-directory' | 'bad-range' | 'bad-path' | 'forbidden' | 'quota' | 'unavailable';

/** What an artifact store throws; drivers translate their native errors to it at their edge. */
export class ArtifactError extends Error {
  override readonly name = 'ArtifactError';
  readonly problem: ArtifactProblem;

  constructor(problem: ArtifactProblem, message: string, options?: ErrorOptions) {
    super(message, options);
    this.problem = problem;
  }
}
