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
  create(request: NewExperimentRequest): Promise<string>;
  /** In whatever stage it is. */
  get(experimentId: string): Promise<Experiment>;
  getByName(name: string): Promise<Experiment>;
  rename(experimentId: string, name: string): Promise<void>;
  /** Deletes an active experiment and, with it, its runs. */
  delete(experimentId: string): Promise<void>;
  /** Brings a deleted experiment back, and its runs. */
  restore(experimentId: string): Promise<void>;
  setTag(experimentId: string, tag: Tag): Promise<void>;
  deleteTag(experimentId: string, key: string): Promise<void>;
}
