import type { Sequence } from '../sequence.ts';
import { artifactProxy } from './artifact-proxy.ts';
import { artifactsList } from './artifacts-list.ts';
import { badBodies } from './bad-bodies.ts';
import { boundsGroup } from './bounds.ts';
import { emptyStore } from './empty-store.ts';
import { experiments } from './experiments.ts';
import { headGroup } from './head.ts';
import { logBatch } from './log-batch.ts';
import { logMetricGroup } from './log-metric.ts';
import { loggedModelArtifacts } from './logged-model-artifacts.ts';
import { loggedModelFilter } from './logged-model-filter.ts';
import { loggedModelMetrics } from './logged-model-metrics.ts';
import { loggedModelSearch } from './logged-model-search.ts';
import { loggedModelVersions } from './logged-model-versions.ts';
import { loggedModels } from './logged-models.ts';
import { metricHistory } from './metric-history.ts';
import { modelAliases } from './model-aliases.ts';
import { modelStages } from './model-stages.ts';
import { modelVersionArtifacts } from './model-version-artifacts.ts';
import { modelVersionSearch } from './model-version-search.ts';
import { modelVersionSources } from './model-version-sources.ts';
import { modelVersions } from './model-versions.ts';
import { notServed } from './not-served.ts';
import { oddValues } from './odd-values.ts';
import { originsGroup } from './origins.ts';
import { params } from './params.ts';
import { prompts } from './prompts.ts';
import { registeredModelSearch } from './registered-model-search.ts';
import { registeredModels } from './registered-models.ts';
import { root } from './root.ts';
import { runLinks } from './run-links.ts';
import { runs } from './runs.ts';
import { searchDatasets } from './search-datasets.ts';
import { searchExperiments } from './search-experiments.ts';
import { searchRunsFilter } from './search-runs-filter.ts';
import { searchRuns } from './search-runs.ts';
import { serverFailures } from './server-failures.ts';
import { serverInfo } from './server-info.ts';
import { tags } from './tags.ts';
import { workspaceGroup } from './workspace.ts';

/** All sequences by group: a group is a file of this folder and one of ../recorded. */
export const groups: Readonly<Record<string, readonly Sequence[]>> = {
  'empty-store': emptyStore,
  experiments,
  runs,
  params,
  tags,
  'log-metric': logMetricGroup,
  'log-batch': logBatch,
  'metric-history': metricHistory,
  'search-runs': searchRuns,
  'search-runs-filter': searchRunsFilter,
  'search-experiments': searchExperiments,
  'artifacts-list': artifactsList,
  'artifact-proxy': artifactProxy,
  'logged-models': loggedModels,
  'registered-models': registeredModels,
  'registered-model-search': registeredModelSearch,
  'model-versions': modelVersions,
  'model-version-sources': modelVersionSources,
  'model-version-search': modelVersionSearch,
  'model-version-artifacts': modelVersionArtifacts,
  'model-stages': modelStages,
  'model-aliases': modelAliases,
  prompts,
  'logged-model-metrics': loggedModelMetrics,
  'logged-model-search': loggedModelSearch,
  'logged-model-filter': loggedModelFilter,
  'logged-model-artifacts': loggedModelArtifacts,
  'logged-model-versions': loggedModelVersions,
  'run-links': runLinks,
  'search-datasets': searchDatasets,
  'server-info': serverInfo,
  root,
  'bad-bodies': badBodies,
  'odd-values': oddValues,
  'not-served': notServed,
  head: headGroup,
  workspace: workspaceGroup,
  origins: originsGroup,
  'server-failures': serverFailures,
  bounds: boundsGroup,
};
