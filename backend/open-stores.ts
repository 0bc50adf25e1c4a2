import { join } from 'node:path';
import type { Logger } from 'pino';
import type { ArtifactStore } from './artifacts/contract.ts';
import { openLocalArtifactStore } from './artifacts/local/index.ts';
import { openRemoteArtifacts } from './open-remote-artifacts.ts';
import type { Config } from './config/config.ts';
import { makeFolder } from './make-folder.ts';
import { StoreUnavailable } from './stores/contract/index.ts';
import type { Store } from './stores/contract/index.ts';
import { openLmdbStore } from './stores/lmdb/index.ts';

export interface Stores {
  readonly store: Store;
  readonly artifacts: ArtifactStore;
  /** Waits for what is under way in both. */
  readonly close: () => Promise<void>;
}

/** Where MLflow's client sends artifacts back to the server that it tracks with. */
const artifactRoot = 'mlflow-artifacts:';

/**
 * Opens the configured stores, and makes what they keep their data in.
 * @throws StoreUnavailable | StoreCorrupt
 */
export async function openStores(
  config: Pick<Config, 'dataFolder' | 'webhdfs'>,
  logger: Pick<Logger, 'warn' | 'info'>,
): Promise<Stores> {
  const { dataFolder } = config;
  await usable('data folder', dataFolder, () => makeFolder(dataFolder));
  const store = await openLmdbStore({ path: join(dataFolder, 'store'), artifactRoot });
  const artifacts = await openArtifacts(config, logger).catch(async (error: unknown) => {
    await store.close();
    throw error;
  });
  return {
    store,
    artifacts,
    close: async () => {
      await Promise.all([store.close(), artifacts.close()]);
    },
  };
}

async function openArtifacts(
  { dataFolder, webhdfs }: Pick<Config, 'dataFolder' | 'webhdfs'>,
  logger: Pick<Logger, 'warn' | 'info'>,
): Promise<ArtifactStore> {
  if (webhdfs !== undefined) {
    return usable('artifact folder in HDFS', webhdfs.root, () => openRemoteArtifacts(webhdfs, logger));
  }
  const root = join(dataFolder, 'artifacts');
  return usable('artifact folder', root, () => openLocalArtifactStore({ root }));
}

async function usable<T>(what: string, path: string, open: () => Promise<T>): Promise<T> {
  try {
    return await open();
  } catch (cause) {
    const reason = cause instanceof Error ? cause.message : String(cause);
    throw new StoreUnavailable(`The ${what} ${path} cannot be used: ${reason}`, { cause });
  }
}
