import type { CallContext } from '../call-context.ts';
import type { Experiment } from '../entities/experiment.ts';
import type { DatasetSummary } from '../entities/dataset.ts';
import type { LoggedModel } from '../entities/logged-model.ts';
import type { Store } from '../stores/contract/index.ts';
import type { ExperimentSearch } from './search/experiments.ts';
import { searchExperiments } from './search/experiments.ts';
import type { FoundVersion } from './search/model-versions.ts';
import { searchModelVersions } from './search/model-versions.ts';
import type { Page } from './search/page.ts';
import type { FoundModel, RegistrySearch } from './search/registered-models.ts';
import { searchRegisteredModels } from './search/registered-models.ts';
import type { RunView } from './runs.ts';
import type { RunSearch } from './search/runs.ts';
import { searchRuns } from './search/runs.ts';
import { searchDatasets } from './search/datasets.ts';
import { searchLoggedModels } from './search/logged-models.ts';
import type { LoggedModelSearch } from './search/logged-models.ts';

export type { ExperimentSearch } from './search/experiments.ts';
export type { LoggedModelSearch } from './search/logged-models.ts';
export type { Page, ViewType } from './search/page.ts';
export type { FoundVersion } from './search/model-versions.ts';
export type { FoundModel, RegistrySearch } from './search/registered-models.ts';
export type { RunSearch } from './search/runs.ts';

/** Finds runs, experiments, registered models and their versions by filter, in an order, page by page. */
export interface SearchService {
  /**
   * @throws MlflowError INVALID_PARAMETER_VALUE for a bad filter, order, page token, page size or experiment id;
   * INTERNAL_ERROR, as MLflow's server, for an order that names a key twice
   */
  searchRuns(context: CallContext, search: RunSearch): Promise<Page<RunView>>;
  /** @throws MlflowError INVALID_PARAMETER_VALUE, as for runs */
  searchExperiments(context: CallContext, search: ExperimentSearch): Promise<Page<Experiment>>;
  /** @throws MlflowError as for runs */
  searchRegisteredModels(context: CallContext, search: RegistrySearch): Promise<Page<FoundModel>>;
  /** @throws MlflowError as for runs */
  searchModelVersions(context: CallContext, search: RegistrySearch): Promise<Page<FoundVersion>>;
  /** Those that are not deleted. @throws MlflowError INVALID_PARAMETER_VALUE, as for runs */
  searchLoggedModels(context: CallContext, search: LoggedModelSearch): Promise<Page<LoggedModel>>;
  /** @throws MlflowError INVALID_PARAMETER_VALUE for no or too many experiment ids, or one that is none */
  searchDatasets(context: CallContext, experimentIds: readonly string[]): Promise<readonly DatasetSummary[]>;
}

export const createSearchService = (store: Store): SearchService => ({
  searchRuns: (context, search) => searchRuns(context, store, search),
  searchExperiments: (context, search) => searchExperiments(context, store, search),
  searchRegisteredModels: (context, search) => searchRegisteredModels(context, store.registeredModels, search),
  searchModelVersions: (context, search) => searchModelVersions(context, store.registeredModels, search),
  searchLoggedModels: (context, search) => searchLoggedModels(context, store, search),
  searchDatasets: (context, experimentIds) => searchDatasets(context, store, experimentIds),
});
