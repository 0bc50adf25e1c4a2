import type { CallContext } from '../../call-context.ts';
import type { ModelStage, ModelVersion, RegisteredModel } from '../../entities/registered-model.ts';
import type { NameTaken } from './experiments.ts';

/** Without a time of its last update that is the time of its creation. */
export type NewRegisteredModel = Pick<RegisteredModel, 'name' | 'description' | 'creationTime' | 'tags'> &
  Partial<Pick<RegisteredModel, 'lastUpdatedTime'>>;

/** A model and, of its versions, those that were asked for; in order of their numbers. */
export interface ModelWithVersions {
  readonly model: RegisteredModel;
  readonly versions: ReadonlyMap<number, ModelVersion>;
}

/** Which versions a read brings, said by the model as it is then; numbers that are not there bring nothing. */
export type VersionsWanted = (model: RegisteredModel) => Iterable<number>;

export interface VersionPatch {
  /** null takes the description away. */
  readonly description?: string | null;
  /** Where it is before the version's creation, it is that. */
  readonly lastUpdatedTime?: number;
  readonly setTags?: ReadonlyMap<string, string>;
  readonly deleteTags?: readonly string[];
}

/**
 * What an update changes; what is left out stays. All that it says of versions it says of such that are there, or that it
 * adds: a RangeError otherwise, and nothing is written.
 */
export interface RegisteredModelPatch extends Partial<
  Pick<RegisteredModel, 'name' | 'description' | 'lastUpdatedTime' | 'renamedTime'>
> {
  readonly setTags?: ReadonlyMap<string, string>;
  readonly deleteTags?: readonly string[];
  readonly setAliases?: ReadonlyMap<string, number>;
  readonly deleteAliases?: readonly string[];
  /** How many numbers are used up, before one is added, as if versions of theirs had been deleted. */
  readonly skipVersions?: number;
  /** Becomes the version after the last that was ever made, in the stage None unless `setStages` says another. */
  readonly addVersion?: Omit<ModelVersion, 'version'>;
  readonly setStages?: ReadonlyMap<number, ModelStage>;
  /** Not of the one that is added. */
  readonly versions?: ReadonlyMap<number, VersionPatch>;
  /** Not the one that is added. The number is never given again. That it was a prompt's stays on the model. */
  readonly deleteVersion?: number;
}

export interface RegisteredModelScan {
  /** Goes on behind this name, which need not exist any more. */
  readonly after?: string | undefined;
  readonly versions: VersionsWanted;
  /** About how many models the caller expects to take: how far the engine may usefully read ahead. */
  readonly expect?: number | undefined;
}

/**
 * Registered models. A model with its tags, aliases and versions is one row; its name is another, which only finds it:
 * what the model's row says of its name decides, and a name row that it does not agree with counts as absent.
 *
 * A version of which the model says a stage, and of which there is no record, counts as deleted: it is in no read, the log of
 * the call that met it says so, and a change that would touch it takes its stage away.
 */
export interface RegisteredModelStore {
  /**
   * Creates a model without versions. Of racing creations of one name one wins, the others get 'name taken'.
   * @param model its name has at most 256 code points
   */
  create(context: CallContext, model: NewRegisteredModel): Promise<RegisteredModel | NameTaken>;

  /** The model of a name (names compare by code point), and the versions asked for: one state of the row. */
  get(context: CallContext, name: string, versions: VersionsWanted): Promise<ModelWithVersions | undefined>;

  /** As `get` for many: a map by name of those that exist. */
  getMany(
    context: CallContext,
    names: readonly string[],
    versions: VersionsWanted,
  ): Promise<ReadonlyMap<string, ModelWithVersions>>;

  /**
   * Reads one model, asks `decide` what to change, and writes that, all as one step: no other write of the model or of
   * its versions falls between. `decide` must be pure and synchronous, may be called again on a newer state, and what it
   * throws ends the update with nothing written. With a new name, the name is claimed as in `create` and the old one is
   * free afterwards; a reader may for a moment find the model under neither name, never another's.
   * @returns the new state with the versions that were added or changed; 'name taken'; undefined where there is no such
   * model.
   */
  update(
    context: CallContext,
    name: string,
    decide: (current: RegisteredModel) => RegisteredModelPatch,
  ): Promise<ModelWithVersions | NameTaken | undefined>;

  /** Removes a model with all it has, and frees its name. @returns whether it was there */
  delete(context: CallContext, name: string): Promise<boolean>;

  /**
   * All models in order of their names by code point, with the versions asked for, in pages of any size but none empty.
   * It reads in proportion to what is taken. One that is renamed meanwhile comes once at most, under either name, and not at
   * all where the scan has passed the new name and not yet reached the old one.
   */
  scan(context: CallContext, scan: RegisteredModelScan): AsyncIterable<readonly ModelWithVersions[]>;

  /** The names of the models that have versions of these runs; others may be among them. */
  namesOfRuns(context: CallContext, runIds: readonly string[]): Promise<readonly string[]>;
}

export const noVersions: VersionsWanted = () => [];
