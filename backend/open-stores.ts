import { join } from 'node:path';
import type { Logger } from 'pino';
import type { ArtifactStore } from './artifacts/contract.ts';
import { openLocalArtifactStore } from './artifacts/local/index.ts';
import { openRemoteArtifacts } from './open-remote-artifacts.ts';
import type { Config } from './config/config.ts';
import type { HBaseConfig } from './config/hbase-config.ts';
import { keepPrivate } from './keep-private.ts';
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

type StoresConfig = Pick<Config, 'dataFolder' | 'hbase' | 'webhdfs'>;
type StoresLogger = Pick<Logger, 'warn' | 'info'>;

/** Where MLflow's client sends artifacts back to the server that it tracks with. */
const artifactRoot = 'mlflow-artifacts:';

/**
 * Opens the configured stores, and makes what they keep their data in.
 * @throws StoreUnavailable | StoreCorrupt
 */
export async function openStores(config: StoresConfig, logger: StoresLogger): Promise<Stores> {
  const { dataFolder, hbase } = config;
  await usable('data folder', dataFolder, () => makeFolder(dataFolder));
  await keepPrivate(dataFolder, logger);
  const store = hbase
    ? await openHBase(hbase, logger)
    : await openLmdbStore({ path: join(dataFolder, 'store'), artifactRoot });
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
  logger: StoresLogger,
): Promise<ArtifactStore> {
  if (webhdfs !== undefined) {
    return usable('artifact folder in HDFS', webhdfs.root, () => openRemoteArtifacts(webhdfs, dataFolder, logger));
  }
  const root = join(dataFolder, 'artifacts');
  return usable('artifact folder', root, () => openLocalArtifactStore({ root, log: logger }));
}

/** The code of HBase's store is loaded by who uses it. */
async function openHBase({ tablePrefix, ...address }: HBaseConfig, logger: StoresLogger): Promise<Store> {
  const [{ connectHBase }, { openHBaseStore }] = await Promise.all([
    import('./stores/hbase/connect.ts'),
    import('./stores/hbase/index.ts'),
  ]);
  const connection = connectHBase({
    ...address,
    onAvailability: (server, available, reason) => {
      if (available) logger.info({ server }, 'an HBase REST server answers again');
      else logger.warn({ server, reason }, 'an HBase REST server does not answer and is left alone for a while');
    },
  });
  try {
    return await openHBaseStore({ ...connection, tablePrefix, artifactRoot });
  } catch (error) {
    await connection.release();
    throw error;
  }
}

async function usable<T>(what: string, path: string, open: () => Promise<T>): Promise<T> {
  try {
    return await open();
  } catch (cause) {
    const reason = cause instanceof Error ? cause.message : String(cause);
    throw new StoreUnavailable(`The ${what} ${path} cannot be used: ${reason}`, { cause });
  }
}
