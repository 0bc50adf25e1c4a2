export type GarbageKind = 'run' | 'logged model' | 'experiment';

/** Something that gc has looked at and would remove, has removed, or could not. */
export interface Finding {
  readonly kind: GarbageKind;
  readonly id: string;
  /** Of a run or logged model; of an experiment, its own. */
  readonly experimentId: string;
  /** ms since 1970; undefined for a logged model that goes with its experiment. */
  readonly deletedAt: number | undefined;
  /** Where its artifacts are, where Kirka does not keep them: they stay. */
  readonly artifactsElsewhere?: string | undefined;
}

/**
 * `would be removed`: a dry run; `unfinished`: as that, and an earlier gc has begun it; `restored`: it was put back, or
 * came back meanwhile; `failed`: it is out of sight, and the next gc goes on with it.
 */
export type Outcome =
  | { readonly is: 'removed' | 'would be removed' | 'unfinished' | 'restored' }
  | { readonly is: 'failed' | 'kept'; readonly reason: string };

export type Report = (finding: Finding, outcome: Outcome) => void;

/** An id that was asked for and cannot be removed. Nothing has been removed then. */
export class NotRemovable extends Error {
  override readonly name = 'NotRemovable';
}
