import type { Handlers } from '../../handler.ts';
import { searchExperiments } from './experiments.ts';
import { searchRuns } from './runs.ts';

export const searchHandlers = {
  'runs.search': searchRuns,
  'experiments.search': searchExperiments,
  'experiments.searchByQuery': searchExperiments,
} satisfies Partial<Handlers>;
