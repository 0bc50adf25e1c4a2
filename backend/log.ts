import { pino } from 'pino';
import type { Logger } from 'pino';
import type { Config } from './config/config.ts';

/** JSON lines on stderr: stdout belongs to what a command prints for its user. */
export function createLogger(level: Config['logLevel']): Logger {
  return pino({ level, base: undefined, timestamp: pino.stdTimeFunctions.isoTime }, pino.destination(2));
}
