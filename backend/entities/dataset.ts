/** What tells one dataset of an experiment from another. */
export interface DatasetId {
  readonly name: string;
  readonly digest: string;
}

/** A dataset as a run logs it. An experiment has one of each name and digest, whichever of its runs use it. */
export interface Dataset extends DatasetId {
  readonly sourceType: string;
  readonly source: string;
  /** JSON text; absent where none was given, which is not the same as ''. */
  readonly schema?: string | undefined;
  /** JSON text, as `schema`. */
  readonly profile?: string | undefined;
}

/** The tag of an input that says what the dataset was used for, such as `training`. */
export const datasetContextTag = 'mlflow.data.context';

/** That a dataset is used in an experiment, and for what where that was said. */
export interface DatasetSummary extends DatasetId {
  readonly experimentId: string;
  readonly context?: string | undefined;
}
