import type { Logger } from 'pino';
import { createApp } from './app.ts';
import type { Config } from './config/config.ts';
import { createServices } from './create-services.ts';
import { handlers } from './handlers/index.ts';
import { createAccessLog } from './http/access-log.ts';
import { listen } from './http/listen.ts';
import { openStores } from './open-stores.ts';

/** A running backend. */
export interface Backend {
  /** Where it listens: scheme, host and port. */
  readonly url: string;
  /** Finishes what is under way, within the configured time, then closes the stores. Idempotent. */
  readonly close: () => Promise<void>;
}

/**
 * Opens the stores, wires the services and listens.
 * @throws StoreUnavailable | StoreCorrupt, and the system's error where the address cannot be had
 */
export async function startBackend(config: Config, logger: Logger): Promise<Backend> {
  const stores = await openStores(config, logger);
  try {
    const app = createApp(handlers, createServices(stores.store, stores.artifacts, config.rules), {
      identity: config.identity,
      limits: config,
      browsers: config.browsers,
      log: createAccessLog(logger),
    });
    if (config.browsers.corsAllowedOrigins.includes('*')) {
      logger.warn('--cors-allowed-origins * lets every page write here in the name of whoever looks at it');
    }
    const listener = await listen(app, config);
    const kept = { store: await stores.store.check(), artifacts: await stores.artifacts.check() };
    logger.info({ url: listener.url, identity: config.identity.mode, ...kept }, 'listening');
    let closed: Promise<void> | undefined;
    const close = async (): Promise<void> => {
      await listener.close();
      await stores.close();
      logger.info('stopped');
    };
    return { url: listener.url, close: () => (closed ??= close()) };
  } catch (error) {
    await stores.close();
    throw error;
  }
}
