import { background } from '../../call-context.ts';
import { defaultExperimentId, defaultExperimentName } from '../../entities/experiment.ts';
import type { Store } from '../contract/index.ts';
import { openEnvironment, schemaVersion } from './environment.ts';
import { LmdbDatasets } from './datasets.ts';
import { LmdbExperiments } from './experiments.ts';
import { LmdbImportRecords } from './imports.ts';
import { LmdbRegisteredModels } from './registered-models.ts';
import { LmdbLoggedModels } from './logged-models.ts';
import { lmdbRemovals } from './removals.ts';
import { LmdbRuns } from './runs.ts';

export interface LmdbOptions {
  /** The store's folder; made where it is missing. */
  readonly path: string;
  /** URI below which the Default experiment's artifacts lie, such as `mlflow-artifacts:`. */
  readonly artifactRoot: string;
}

/**
 * Opens the embedded store. The folder may be used by several processes of one machine at a time, not over NFS.
 * @throws StoreUnavailable | StoreCorrupt
 */
export async function openLmdbStore({ path, artifactRoot }: LmdbOptions): Promise<Store> {
  const environment = await openEnvironment(path);
  const experiments = new LmdbExperiments(environment);
  if ((await experiments.get(background, defaultExperimentId)) === undefined) {
    await experiments.create(background, {
      name: defaultExperimentName,
      artifactLocation: (experimentId) => `${artifactRoot}/${experimentId}`,
      creationTime: Date.now(),
      tags: new Map(),
    });
  }
  let closed: Promise<void> | undefined;
  return {
    experiments,
    runs: new LmdbRuns(environment),
    registeredModels: new LmdbRegisteredModels(environment),
    datasets: new LmdbDatasets(environment),
    loggedModels: new LmdbLoggedModels(environment),
    removals: lmdbRemovals(environment),
    imports: new LmdbImportRecords(environment),
    check: async () => `LMDB in ${path}, layout ${schemaVersion}`,
    close: () => (closed ??= environment.close()),
  };
}
