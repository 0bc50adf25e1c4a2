import type { Logger } from 'pino';
import type { Config } from '../backend/config/config.ts';
import { createLogger } from '../backend/log.ts';

/**
 * The logger of a process that serves. A promise that is rejected and that nobody waits for is a defect of one request;
 * it is logged, and the others are served on. An exception that nobody catches still ends the process: its state is
 * unknown then, and what was acknowledged is on disk.
 */
export function processLogger(level: Config['logLevel']): Logger {
  const logger = createLogger(level);
  process.on('unhandledRejection', (err) => {
    logger.error({ err }, 'a promise was rejected that nobody waited for');
  });
  return logger;
}
