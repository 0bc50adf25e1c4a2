import type { Logger } from 'pino';
import { createApp } from './app.ts';
import type { Config } from './config/config.ts';
import { openContext } from './open-context.ts';
import { handlers } from './handlers/index.ts';
import { createAccessLog } from './http/access-log.ts';
import { listen } from './http/listen.ts';
import type { Listener } from './http/listen.ts';

/** A running backend: where it listens, and how to stop it. */
export type Backend = Listener;

/**
 * Opens the stores, wires the services and listens.
 * @throws StartError that says in one line why it cannot
 */
export async function startBackend(config: Config, logger: Logger): Promise<Backend> {
  const opened = await openContext(config);
  try {
    const app = createApp(handlers, opened.context, {
      identity: config.identity,
      limits: config,
      log: createAccessLog(logger),
    });
    const listener = await listen(app, config);
    logger.info({ url: listener.url, identity: config.identity.mode, stores: opened.stores }, 'listening');
    return {
      url: listener.url,
      close: async () => {
        await listener.close();
        await opened.close();
      },
    };
  } catch (error) {
    await opened.close();
    throw error;
  }
}
