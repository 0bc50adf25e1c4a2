import { join } from 'node:path';
import type { Logger } from 'pino';
import { ArtifactError } from './artifacts/contract.ts';
import type { ArtifactStore } from './artifacts/contract.ts';
import { openLocalArtifactStore } from './artifacts/local/index.ts';
import { parseArtifactPath } from './artifacts/path.ts';
import { background } from './call-context.ts';
import { openRemoteArtifacts } from './open-remote-artifacts.ts';
import type { Config } from './config/config.ts';
import type { HBaseConfig } from './config/hbase-config.ts';
import { keepPrivate } from './keep-private.ts';
import { makeFolder } from './make-folder.ts';
import { StoreCorrupt, StoreUnavailable } from './stores/contract/index.ts';
import type { Store } from './stores/contract/index.ts';
import { isLmdbStore, openLmdbStore } from './stores/lmdb/index.ts';

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
  const artifacts = await openArtifacts(config, logger);
  try {
    const store = hbase ? await openHBase(hbase, logger) : await openEmbedded(join(dataFolder, 'store'), artifacts);
    return {
      store,
      artifacts,
      close: async () => {
        await Promise.all([store.close(), artifacts.close()]);
      },
    };
  } catch (error) {
    await artifacts.close();
    throw error;
  }
}

/** @throws StoreCorrupt where the store is gone that artifacts belong to: an empty one would give their ids anew */
async function openEmbedded(path: string, artifacts: ArtifactStore): Promise<Store> {
  if (!isLmdbStore(path) && (await hasExperiments(artifacts))) {
    throw new StoreCorrupt(
      `There is no store in ${path}, but there are artifacts of experiments: restore it from a backup, ` +
        'or move the artifacts elsewhere.',
    );
  }
  return openLmdbStore({ path, artifactRoot });
}

/** Whether there are folders of experiments. One that reaches artifacts as its users alone cannot see any. */
async function hasExperiments(artifacts: ArtifactStore): Promise<boolean> {
  try {
    const entries = await artifacts.list(background, parseArtifactPath(''));
    return entries.some(({ name, isDirectory }) => isDirectory && /^\d+$/.test(name));
  } catch (error) {
    if (error instanceof ArtifactError && error.problem === 'forbidden') return false;
    throw error;
  }
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
