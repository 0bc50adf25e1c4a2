import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pino } from 'pino';
import { buildConfig } from '../../backend/config/config.ts';
import { readSettings } from '../../backend/config/read-settings.ts';
import { startBackend } from '../../backend/server.ts';
import type { Backend } from '../../backend/server.ts';

/**
 * A backend in this process on a new LMDB store and a new local folder, which go with it; logs nothing.
 *
 * @param secret what proves the gateway; nobody is authenticated without it
 */
export async function startSilentBackend(secret?: string): Promise<Backend> {
  const folder = mkdtempSync(join(tmpdir(), 'kirka-replay-'));
  const flags: Record<string, string> = { port: '0', data: join(folder, 'data') };
  if (secret !== undefined) {
    flags['gatewaySecretFile'] = join(folder, 'secret');
    flags['identity'] = 'dispatch';
    writeFileSync(flags['gatewaySecretFile'], secret, { mode: 0o600 });
  }
  const backend = await startBackend(buildConfig(readSettings(flags, {})), pino({ level: 'silent' }));
  return {
    url: backend.url,
    close: async () => {
      await backend.close();
      rmSync(folder, { recursive: true, force: true });
    },
  };
}
