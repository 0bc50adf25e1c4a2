import { join } from 'node:path';
import { openLocalArtifactStore } from './artifacts/local/index.ts';
import type { Config } from './config/config.ts';
import type { Context } from './context.ts';
import { createArtifactService } from './services/artifacts.ts';
import { createExperimentService } from './services/experiments.ts';
import { createMetricService } from './services/metrics.ts';
import { createRunService } from './services/runs.ts';
import { createSearchService } from './services/search.ts';
import { openLmdbStore } from './stores/lmdb/index.ts';

export interface OpenContext {
  readonly context: Context;
  /** What the stores are, for the log. */
  readonly stores: readonly string[];
  readonly close: () => Promise<void>;
}

/**
 * Opens the stores below the data folder and builds the services on them.
 * @throws StoreUnavailable | StoreCorrupt | ArtifactError
 */
export async function openContext({ dataFolder }: Pick<Config, 'dataFolder'>): Promise<OpenContext> {
  const store = await openLmdbStore({ path: join(dataFolder, 'store'), artifactRoot: 'mlflow-artifacts:' });
  try {
    const artifacts = await openLocalArtifactStore({ root: join(dataFolder, 'artifacts') });
    return {
      context: {
        experiments: createExperimentService(store.experiments),
        runs: createRunService(store),
        metrics: createMetricService(store.runs),
        search: createSearchService(store),
        artifacts: createArtifactService(store, artifacts),
      },
      stores: await Promise.all([store.check(), artifacts.check()]),
      close: async () => {
        await artifacts.close();
        await store.close();
      },
    };
  } catch (error) {
    await store.close();
    throw error;
  }
}
