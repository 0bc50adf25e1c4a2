import { buildConfig } from '../../backend/config/config.ts';
import { readSettings } from '../../backend/config/read-settings.ts';
import type { Typed } from '../../backend/config/read-settings.ts';
import { createLogger } from '../../backend/log.ts';
import { startBackend } from '../../backend/server.ts';
import { runUntilStopped } from '../run-until-stopped.ts';

/** `kirka serve`: the backend alone, until it is told to stop. */
export async function serve(flags: Typed, environment: Typed): Promise<void> {
  await runUntilStopped(async () => {
    const config = buildConfig(readSettings(flags, environment));
    const backend = await startBackend(config, createLogger(config.logLevel));
    process.stdout.write(`kirka serve: ${backend.url} (data in ${config.dataFolder})\n`);
    return backend;
  });
}
