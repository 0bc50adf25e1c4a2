import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pino } from 'pino';
import { buildConfig } from '../../backend/config/config.ts';
import { readSettings } from '../../backend/config/read-settings.ts';
import { startBackend } from '../../backend/server.ts';
import { describeRecorded } from './replay.ts';

describeRecorded('the backend on LMDB and a local folder', {
  fulfils: ['empty-store', 'anonymous', 'straight'],
  open: async () => {
    const data = mkdtempSync(join(tmpdir(), 'kirka-replay-'));
    const backend = await startBackend(buildConfig(readSettings({ port: '0', data }, {})), pino({ level: 'silent' }));
    return {
      url: backend.url,
      close: async () => {
        await backend.close();
        rmSync(data, { recursive: true, force: true });
      },
    };
  },
});
