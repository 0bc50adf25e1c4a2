import type { CallContext } from '../../call-context.ts';
import type { Experiment } from '../../entities/experiment.ts';

export interface Tag {
  readonly key: string;
  readonly value: string;
}

export interface NewExperimentRequest {
  readonly name: string;
  /** '' or absent: below the server's own artifact root. */
  readonly artifactLocation?: string | undefined;
  readonly tags: readonly Tag[];
}

/** Experiments and their rules. Ids may be spelt in any way that Python's int() reads. Everything throws MlflowError. */
export interface ExperimentService {
  /** @returns the new experiment's id */
  create(context: CallContext, request: NewExperimentRequest): Promise<string>;
  /** In whatever stage it is. */
  get(context: CallContext, experimentId: string): Promise<Experiment>;
  getByName(context: CallContext, name: string): Promise<Experiment>;
  rename(context: CallContext, experimentId: string, name: string): Promise<void>;
  /** Deletes an active experiment and, with it, its runs. */
  delete(context: CallContext, experimentId: string): Promise<void>;
  /** Brings a deleted experiment back, and its runs. */
  restore(context: CallContext, experimentId: string): Promise<void>;
  setTag(context: CallContext, experimentId: string, tag: Tag): Promise<void>;
  deleteTag(context: CallContext, experimentId: string, key: string): Promise<void>;
}
