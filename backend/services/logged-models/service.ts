import type { CallContext } from '../../call-context.ts';
import type { LoggedModel, LoggedModelStatus } from '../../entities/logged-model.ts';

interface KeyValue {
  readonly key: string;
  readonly value: string;
}

export interface NewLoggedModelRequest {
  readonly experimentId: string;
  /** '': a random one. */
  readonly name: string;
  readonly modelType: string;
  readonly sourceRunId: string;
  readonly params: readonly KeyValue[];
  readonly tags: readonly KeyValue[];
}

/**
 * Logged models and their rules. A deleted one is not found by `get` and by searches; everything else still reaches it,
 * as on MLflow's server. Keys and values are free: neither names nor lengths are checked there.
 */
export interface LoggedModelService {
  /** @throws MlflowError for a bad name, an experiment that is not there or deleted, a key twice */
  create(context: CallContext, request: NewLoggedModelRequest): Promise<LoggedModel>;
  /** @throws MlflowError RESOURCE_DOES_NOT_EXIST, for a deleted one, too, unless those are allowed */
  get(context: CallContext, modelId: string, options?: { readonly allowDeleted?: boolean }): Promise<LoggedModel>;
  /** Says how the upload of its files went. */
  finalize(context: CallContext, modelId: string, status: LoggedModelStatus): Promise<LoggedModel>;
  /** Deletes it; once more is fine. */
  delete(context: CallContext, modelId: string): Promise<void>;
  /** @throws MlflowError BAD_REQUEST where the model has one of the params, whatever its value */
  logParams(context: CallContext, modelId: string, params: readonly KeyValue[]): Promise<void>;
  setTags(context: CallContext, modelId: string, tags: readonly KeyValue[]): Promise<void>;
  /** @throws MlflowError RESOURCE_DOES_NOT_EXIST for the tag, too */
  deleteTag(context: CallContext, modelId: string, key: string): Promise<void>;
}
