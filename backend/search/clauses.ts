import type { Int64 } from '../entities/int64.ts';

export type NumberComparator = '>' | '>=' | '!=' | '=' | '<' | '<=';
/** LIKE is case-sensitive, ILIKE is not in ASCII; `%` is any text and `_` any character in both. */
export type TextComparator = '!=' | '=' | 'LIKE' | 'ILIKE';

export interface NumberTest {
  readonly comparator: NumberComparator;
  /** May be an integer beyond 64 bits, or infinite. */
  readonly value: Int64;
}

export interface TextTest {
  readonly comparator: TextComparator;
  readonly value: string;
}

export interface ListTest {
  readonly comparator: 'IN' | 'NOT IN';
  readonly values: readonly string[];
}

export interface PresenceTest {
  readonly comparator: 'IS NULL' | 'IS NOT NULL';
}

export type RunTextAttribute = 'artifact_uri' | 'run_id' | 'run_name' | 'status' | 'user_id';
export type RunNumberAttribute = 'start_time' | 'end_time';
export type DatasetAttribute = 'name' | 'digest' | 'context';

/** A condition on a run. A filter holds where all of its clauses do; but for IS NULL none holds for an absent key. */
export type RunClause =
  | { readonly of: 'metric'; readonly key: string; readonly test: NumberTest }
  | { readonly of: 'parameter' | 'tag'; readonly key: string; readonly test: TextTest | PresenceTest }
  | { readonly of: 'number attribute'; readonly key: RunNumberAttribute; readonly test: NumberTest }
  | { readonly of: 'text attribute'; readonly key: RunTextAttribute; readonly test: TextTest | ListTest }
  | { readonly of: 'dataset'; readonly key: DatasetAttribute; readonly test: TextTest | ListTest };

export type ExperimentNumberAttribute = 'creation_time' | 'last_update_time';

/** A condition on an experiment, as for runs. */
export type ExperimentClause =
  | { readonly of: 'tag'; readonly key: string; readonly test: TextTest | PresenceTest }
  | { readonly of: 'number attribute'; readonly key: ExperimentNumberAttribute; readonly test: NumberTest }
  | { readonly of: 'text attribute'; readonly key: 'name'; readonly test: TextTest }
  /** The ids in plain decimal. */
  | { readonly of: 'id'; readonly test: ListTest };

/** A condition on a registered model, as for runs. */
export type RegisteredModelClause =
  | { readonly of: 'tag'; readonly key: string; readonly test: TextTest }
  | { readonly of: 'name'; readonly test: TextTest | ListTest };

export type ModelVersionTextAttribute = 'name' | 'run_id' | 'source_path';

/** A condition on a version of a registered model, as for runs. */
export type ModelVersionClause =
  | { readonly of: 'tag'; readonly key: string; readonly test: TextTest }
  | { readonly of: 'text attribute'; readonly key: ModelVersionTextAttribute; readonly test: TextTest | ListTest }
  | { readonly of: 'version number'; readonly test: NumberTest };

/** The attributes of a logged model that a filter compares as texts, by the names of MLflow's columns. */
export const loggedModelAttributes = [
  'artifact_location',
  'experiment_id',
  'lifecycle_stage',
  'model_id',
  'model_type',
  'name',
  'source_run_id',
  'status',
  'status_message',
] as const;
export type LoggedModelAttribute = (typeof loggedModelAttributes)[number];

/** A condition on a logged model, as for runs; of a metric, one point is enough for which it holds. */
export type LoggedModelClause =
  | { readonly of: 'metric'; readonly key: string; readonly test: NumberTest }
  | { readonly of: 'parameter' | 'tag'; readonly key: string; readonly test: TextTest | ListTest }
  | { readonly of: 'time'; readonly key: 'creationTime' | 'lastUpdateTime'; readonly test: NumberTest }
  | { readonly of: 'attribute'; readonly key: LoggedModelAttribute; readonly test: TextTest | ListTest };
