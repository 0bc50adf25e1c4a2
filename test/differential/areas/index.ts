import { manifest } from '../../../backend/manifest/index.ts';
import type { Area } from '../area.ts';
import { onBothSurfaces } from '../generate/surfaces.ts';
import { artifacts } from './artifacts.ts';
import { badArtifactInput } from './bad-artifact-input.ts';
import { badInput } from './bad-input.ts';
import { badModelInput } from './bad-model-input.ts';
import { badRegistryInput } from './bad-registry-input.ts';
import { experimentFilters } from './experiment-filters.ts';
import { experiments } from './experiments.ts';
import { loggedModelFilters } from './logged-model-filters.ts';
import { loggedModels } from './logged-models.ts';
import { metrics } from './metrics.ts';
import { registry } from './registry.ts';
import { registryFilters } from './registry-filters.ts';
import { runFilters } from './run-filters.ts';
import { runs } from './runs.ts';

const all: readonly Area[] = [
  ...[experiments, runs, metrics, runFilters, experimentFilters, artifacts, badArtifactInput, badInput, registry],
  ...[registryFilters, loggedModels, loggedModelFilters, badModelInput, badRegistryInput],
];

const served = new Set<string>(manifest.map(({ path }) => path));

/** The areas of what is served, in the order in which they are explored. */
export const areas = all
  .filter(({ needs }) => needs === undefined || served.has(needs))
  .map((area) => ({ ...area, sequences: onBothSurfaces(area.sequences) }));
