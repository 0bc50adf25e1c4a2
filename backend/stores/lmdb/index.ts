import { existsSync } from 'node:fs';
import { background } from '../../call-context.ts';
import { defaultExperimentId, defaultExperimentName } from '../../entities/experiment.ts';
import { StoreCorrupt } from '../contract/index.ts';
import type { ExperimentStore, Store } from '../contract/index.ts';
import { untilClosed } from '../until-closed.ts';
import { openEnvironment, schemaVersion } from './environment.ts';
import type { Environment } from './environment.ts';
import { LmdbDatasets } from './datasets.ts';
import { LmdbExperiments } from './experiments.ts';
import { LmdbImportRecords } from './imports.ts';
import { LmdbRegisteredModels } from './registered-models.ts';
import { LmdbLoggedModels } from './logged-models.ts';
import { dataFileIn } from './open-root.ts';
import { lmdbRemovals } from './removals.ts';
import { LmdbRuns } from './runs.ts';

export interface LmdbOptions {
  /** The store's folder; made where it is missing. */
  readonly path: string;
  /** URI below which the Default experiment's artifacts lie, such as `mlflow-artifacts:`. */
  readonly artifactRoot: string;
}

/** Whether there is a store in the folder, whatever its state. */
export const isLmdbStore = (path: string): boolean => existsSync(dataFileIn(path));

/**
 * Opens the embedded store. The folder may be used by several processes of one machine at a time, not over NFS.
 * @throws StoreUnavailable | StoreCorrupt
 */
export async function openLmdbStore({ path, artifactRoot }: LmdbOptions): Promise<Store> {
  const environment = await openEnvironment(path);
  const store = storeOf(environment, path);
  try {
    await makeDefault(store.experiments, artifactRoot);
    return store;
  } catch (error) {
    await store.close().catch(() => undefined);
    throw error;
  }
}

function storeOf(environment: Environment, path: string): Store {
  return untilClosed({
    experiments: new LmdbExperiments(environment),
    runs: new LmdbRuns(environment),
    registeredModels: new LmdbRegisteredModels(environment),
    datasets: new LmdbDatasets(environment),
    loggedModels: new LmdbLoggedModels(environment),
    removals: lmdbRemovals(environment),
    imports: new LmdbImportRecords(environment),
    check: async () => {
      environment.check();
      return `LMDB in ${path}, layout ${schemaVersion}`;
    },
    close: () => environment.close(),
  });
}

async function makeDefault(experiments: ExperimentStore, artifactRoot: string): Promise<void> {
  if (await hasDefault(experiments)) return;
  await experiments.create(background, {
    name: defaultExperimentName,
    artifactLocation: (experimentId) => `${artifactRoot}/${experimentId}`,
    creationTime: Date.now(),
    tags: new Map(),
  });
}

/** One that cannot be read is there: whoever asks for it is told, and nobody else. */
async function hasDefault(experiments: ExperimentStore): Promise<boolean> {
  try {
    return (await experiments.get(background, defaultExperimentId)) !== undefined;
  } catch (error) {
    if (error instanceof StoreCorrupt) return true;
    throw error;
  }
}
