import type { Area } from '../area.ts';
import { experimentFilters } from './experiment-filters.ts';
import { experiments } from './experiments.ts';
import { metrics } from './metrics.ts';
import { runFilters } from './run-filters.ts';
import { runs } from './runs.ts';

/** Every area, in the order in which they are explored. */
export const areas: readonly Area[] = [experiments, runs, metrics, runFilters, experimentFilters];
