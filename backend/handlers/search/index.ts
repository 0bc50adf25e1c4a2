import type { Handlers } from '../../handler.ts';
import { searchDatasets } from './datasets.ts';
import { searchExperiments } from './experiments.ts';
import { searchModelVersions } from './model-versions.ts';
import { searchRegisteredModels } from './registered-models.ts';
import { searchRuns } from './runs.ts';

export const searchHandlers = {
  'runs.search': searchRuns,
  'experiments.search': searchExperiments,
  'experiments.searchDatasets': searchDatasets,
  'experiments.searchByQuery': searchExperiments,
  'registeredModels.search': searchRegisteredModels,
  'modelVersions.search': searchModelVersions,
} satisfies Partial<Handlers>;
