import type { ArtifactStore } from './artifacts/contract.ts';
import { createArtifactService } from './services/artifacts.ts';
import type { ArtifactService } from './services/artifacts.ts';
import { createExperimentService } from './services/experiments.ts';
import type { ExperimentService } from './services/experiments.ts';
import { createLoggedModelService } from './services/logged-models.ts';
import type { LoggedModelService } from './services/logged-models.ts';
import { createMetricService } from './services/metrics.ts';
import type { MetricService } from './services/metrics.ts';
import { createRegisteredModelService } from './services/registered-models/models.ts';
import type { ModelVersionService, RegisteredModelService } from './services/registered-models/service.ts';
import { createSourceModels } from './services/registered-models/source-models.ts';
import { createModelVersionService } from './services/registered-models/versions.ts';
import { createRunService } from './services/runs.ts';
import type { RunService } from './services/runs.ts';
import { alwaysReady } from './services/readiness.ts';
import type { Readiness } from './services/readiness.ts';
import { createSearchService } from './services/search.ts';
import type { SearchService } from './services/search.ts';
import type { Rules } from './services/validation/rules.ts';
import type { Store } from './stores/contract/index.ts';

/** The services that handlers call: built once, from a store and an artifact store, by `createServices`. */
export interface Services {
  readonly experiments: ExperimentService;
  readonly runs: RunService;
  readonly metrics: MetricService;
  readonly registeredModels: RegisteredModelService;
  readonly modelVersions: ModelVersionService;
  readonly search: SearchService;
  readonly loggedModels: LoggedModelService;
  readonly artifacts: ArtifactService;
  readonly readiness: Readiness;
}

/** Builds the services on their stores; without rules, with MLflow's defaults. */
export function createServices(
  store: Store,
  artifacts: ArtifactStore,
  rules?: Rules,
  readiness: Readiness = alwaysReady,
): Services {
  return {
    experiments: createExperimentService(store.experiments, { rules }),
    runs: createRunService(store, { rules }),
    metrics: createMetricService(store.runs),
    registeredModels: createRegisteredModelService(store.registeredModels),
    modelVersions: createModelVersionService(store, createSourceModels(store.loggedModels), { rules }),
    search: createSearchService(store),
    loggedModels: createLoggedModelService(store),
    artifacts: createArtifactService(store, artifacts),
    readiness,
  };
}
