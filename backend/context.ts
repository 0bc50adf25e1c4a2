import type { ArtifactService } from './services/artifacts.ts';
import type { ExperimentService } from './services/experiments.ts';
import type { MetricService } from './services/metrics.ts';
import type { RunService } from './services/runs.ts';
import type { SearchService } from './services/search.ts';

/** The services that handlers call: built once, from a store and an artifact store, by `createContext`. */
export interface Context {
  readonly experiments: ExperimentService;
  readonly runs: RunService;
  readonly metrics: MetricService;
  readonly search: SearchService;
  readonly artifacts: ArtifactService;
}
