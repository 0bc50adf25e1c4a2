/** What an administrator may choose; MLflow's server reads the same from environment variables of these names. */
export interface Rules {
  /** MLFLOW_TRUNCATE_LONG_VALUES: cut params and tags that are too long instead of refusing them. */
  readonly truncateLongValues: boolean;
  /** MLFLOW_ARTIFACT_LOCATION_MAX_LENGTH, in code points. */
  readonly maxArtifactLocation: number;
  /** MLFLOW_ALLOWED_HOST_ADDRESSED_ARTIFACT_SCHEMES, in lower case. */
  readonly allowedHostSchemes: ReadonlySet<string>;
}

/** MLflow's defaults. */
export const defaultRules: Rules = {
  truncateLongValues: true,
  maxArtifactLocation: 2048,
  allowedHostSchemes: new Set(),
};
