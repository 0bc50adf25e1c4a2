import type { Logger } from 'pino';
import { createApp } from './app.ts';
import type { Config } from './config/config.ts';
import { createServices } from './create-services.ts';
import { handlers } from './handlers/index.ts';
import { createAccessLog } from './http/access-log.ts';
import { listen } from './http/listen.ts';
import { openStores } from './open-stores.ts';
import type { Stores } from './open-stores.ts';
import { watchReadiness } from './services/readiness.ts';

/** A running backend. */
export interface Backend {
  /** Where it listens: scheme, host and port. */
  readonly url: string;
  /**
   * Finishes what is under way, within the configured time, then closes the stores. Idempotent.
   * @throws StoresStuck
   */
  readonly close: () => Promise<void>;
}

/** What the stores have under way did not end in time: the process is to be ended from outside. */
export class StoresStuck extends Error {
  override readonly name = 'StoresStuck';
}

/**
 * Opens the stores, looks whether they answer, and only then listens. What has been opened is closed where it fails.
 * @throws StoreUnavailable | StoreCorrupt, and the system's error where the address cannot be had
 */
export async function startBackend(config: Config, logger: Logger, open = openStores): Promise<Backend> {
  const stores = await open(config, logger);
  const { store, artifacts } = stores;
  const readiness = watchReadiness({
    check: () => store.check(),
    onChange: (ready, err) => {
      if (ready) logger.info('the store answers again: /ready says so');
      else logger.warn({ err }, 'the store does not answer: /ready says so');
    },
  });
  try {
    const kept = { store: await store.check(), artifacts: await artifacts.check() };
    const app = createApp(handlers, createServices(store, artifacts, config.rules, readiness), {
      identity: config.identity,
      limits: config,
      browsers: config.browsers,
      log: createAccessLog(logger),
    });
    if (config.browsers.corsAllowedOrigins.includes('*')) {
      logger.warn('--cors-allowed-origins * lets every page write here in the name of whoever looks at it');
    }
    const listener = await listen(app, config);
    logger.info({ url: listener.url, identity: config.identity.mode, ...kept }, 'listening');
    let closed: Promise<void> | undefined;
    const close = async (): Promise<void> => {
      readiness.end();
      await listener.close();
      await closeInTime(stores, config);
      logger.info('stopped');
    };
    return { url: listener.url, close: () => (closed ??= close()) };
  } catch (error) {
    readiness.end();
    await closeInTime(stores, config).catch((err: unknown) => {
      logger.error({ err }, 'the stores could not be closed');
    });
    throw error;
  }
}

/** Gives the stores as long as the requests, and as long as a server behind them may take. @throws StoresStuck */
async function closeInTime(stores: Stores, { shutdownTimeout, hbase, webhdfs }: Config): Promise<void> {
  const patience = shutdownTimeout + Math.max(hbase?.timeout ?? 0, 3 * (webhdfs?.timeout ?? 0));
  let timer: NodeJS.Timeout | undefined;
  const late = new Promise<never>((_resolve, reject) => {
    timer = setTimeout(() => {
      reject(new StoresStuck(`the stores have not ended what they do within ${String(patience / 1000)} s`));
    }, patience);
  });
  try {
    await Promise.race([stores.close(), late]);
  } finally {
    clearTimeout(timer);
  }
}
