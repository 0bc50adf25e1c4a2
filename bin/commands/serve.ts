import { buildConfig } from '../../backend/config/config.ts';
import { readSettings } from '../../backend/config/read-settings.ts';
import type { Typed } from '../../backend/config/read-settings.ts';
import { startBackend } from '../../backend/server.ts';
import { processLogger } from '../process-logger.ts';
import { runUntilStopped } from '../run-until-stopped.ts';
import { useKeytab } from '../use-keytab.ts';

/** `kirka serve`: the backend alone, until it is told to stop. */
export async function serve(flags: Typed, environment: Typed): Promise<void> {
  await runUntilStopped(async () => {
    const config = buildConfig(readSettings(flags, environment));
    useKeytab(config.kerberos, process.env);
    const backend = await startBackend(config, processLogger(config.logLevel));
    process.stdout.write(`kirka serve: ${backend.url} (data in ${config.dataFolder})\n`);
    return backend;
  });
}
