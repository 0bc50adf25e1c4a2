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
  registryTagKey: 250,
  registryTagValue: 100_000,
  metricsPerBatch: 1000,
  paramsPerBatch: 100,
  tagsPerBatch: 100,
  entitiesPerBatch: 1000,
} as const;
