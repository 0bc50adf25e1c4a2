/** Limits of MLflow's server (mlflow/utils/validation.py of 3.17.2). Lengths are in code points, as Python counts. */
export const limits = {
  experimentName: 500,
  experimentTagKey: 250,
  experimentTagValue: 20_000,
  customViews: 50,
  key: 250,
  /** A key of 250 characters may take so many in UTF-8; engines have room for no more. */
  storedKeyBytes: 1000,
  paramValue: 6000,
  tagValue: 8000,
  registeredModelName: 256,
  registeredModelAlias: 255,
  /** MLflow's databases but SQLite hold 500 characters. What a source means is found out by decoding it many times. */
  versionSource: 10_000,
  registryTagKey: 250,
  registryTagValue: 100_000,
  metricsPerBatch: 1000,
  paramsPerBatch: 100,
  tagsPerBatch: 100,
  entitiesPerBatch: 1000,
  datasetName: 500,
  datasetDigest: 36,
  datasetSource: 65_535,
  datasetSchema: 1_048_575,
  datasetProfile: 16_777_215,
  inputTagKey: 255,
  inputTagValue: 500,
} as const;
