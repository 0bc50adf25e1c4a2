import type { CallContext } from '../../call-context.ts';
import type { ModelVersion, RegisteredModel } from '../../entities/registered-model.ts';
import type { Tag } from '../experiments/service.ts';

/** A model and some of its versions: which, and in which order, says the operation. */
export interface ShownModel {
  readonly model: RegisteredModel;
  readonly versions: readonly ModelVersion[];
}

/** A version and the model that says its stage and its aliases. */
export interface ShownVersion {
  readonly model: RegisteredModel;
  readonly version: ModelVersion;
}

export interface NewModelRequest {
  readonly name: string;
  readonly description: string;
  readonly tags: readonly Tag[];
}

export interface NewVersionRequest {
  readonly name: string;
  readonly source: string;
  /** Undefined where the client did not say, which a copy tells from the empty string. */
  readonly runId?: string | undefined;
  readonly runLink: string;
  readonly description: string;
  readonly tags: readonly Tag[];
  readonly modelId?: string | undefined;
}

/** Names a version as a client wrote it: in any spelling of an integer that Python's int() reads. */
export interface VersionName {
  readonly name: string;
  readonly version: string;
}

/** Registered models, their versions, and the rules of both. Everything throws MlflowError. */
export interface RegisteredModelService {
  create(context: CallContext, request: NewModelRequest): Promise<RegisteredModel>;
  /** The model and the latest version of each stage. */
  get(context: CallContext, name: string): Promise<ShownModel>;
  /** @returns as `get` */
  describe(context: CallContext, name: string, description: string): Promise<ShownModel>;
  /** Versions, tags and aliases go along. @returns as `get` */
  rename(context: CallContext, name: string, newName: string): Promise<ShownModel>;
  /** With all of its versions. */
  delete(context: CallContext, name: string): Promise<void>;
  setTag(context: CallContext, name: string, tag: Tag): Promise<void>;
  deleteTag(context: CallContext, name: string, key: string): Promise<void>;
  /** The latest version of each of the stages, of all where none is named. */
  latestVersions(context: CallContext, name: string, stages: readonly string[]): Promise<ShownModel>;
  setAlias(context: CallContext, name: string, alias: string, version: string): Promise<void>;
  deleteAlias(context: CallContext, name: string, alias: string): Promise<void>;
  /** `latest` is an alias that every model with versions has. */
  getByAlias(context: CallContext, name: string, alias: string): Promise<ShownVersion>;
}

export interface ModelVersionService {
  create(context: CallContext, request: NewVersionRequest): Promise<ShownVersion>;
  get(context: CallContext, version: VersionName): Promise<ShownVersion>;
  /** Undefined takes the description away. */
  describe(context: CallContext, version: VersionName, description: string | undefined): Promise<ShownVersion>;
  /** Its number is not given again, and aliases of it are gone. */
  delete(context: CallContext, version: VersionName): Promise<void>;
  transition(
    context: CallContext,
    version: VersionName,
    stage: string,
    archiveExisting: boolean,
  ): Promise<ShownVersion>;
  /** Where its files are: the source, resolved where it is another version. */
  downloadUri(context: CallContext, version: VersionName): Promise<string>;
  setTag(context: CallContext, version: VersionName, tag: Tag): Promise<void>;
  deleteTag(context: CallContext, version: VersionName, key: string): Promise<void>;
}
