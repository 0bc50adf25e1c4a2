import type { CallContext } from '../../call-context.ts';

/**
 * Something that an import brings, by what it is called at the source: what becomes of its name or of itself here changes
 * nothing. Where a name or a number could come to stand for another, the time of creation (ms since 1970) is part of it.
 */
export type ImportedEntity =
  | readonly [kind: 'experiment', experimentId: string, creationTime: number]
  | readonly [kind: 'run', runId: string]
  | readonly [kind: 'logged model', modelId: string]
  | readonly [kind: 'registered model', name: string, creationTime: number]
  | readonly [kind: 'version', name: string, modelCreationTime: number, version: number];

/** `begun`: it may be there in part, or not at all. `complete`: it was all there once, and is nobody's but its users' now. */
export type ImportStep = 'begun' | 'complete';

/** What is known of an entity that an import has begun. */
export interface ImportRecord {
  readonly step: ImportStep;
  /** Of what the source sent then: tells whether it sends something else now. Opaque, of at most 100 characters. */
  readonly digest: string;
  /** When that was recorded; ms since 1970. */
  readonly at: number;
}

/**
 * What imports have begun and completed, for those that come later, from whatever machine. It outlives the entities
 * themselves: what was removed for good here is not brought back.
 */
export interface ImportRecords {
  /** What is recorded of it; undefined where no import has begun it. */
  get(context: CallContext, entity: ImportedEntity): Promise<ImportRecord | undefined>;

  /** Records it, as one step; what is complete stays as it was recorded. */
  put(context: CallContext, entity: ImportedEntity, record: ImportRecord): Promise<void>;
}
