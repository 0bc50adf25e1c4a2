import { randomBytes } from 'node:crypto';
import { join } from 'node:path';
import {
  authenticateDemo,
  defaultTimeout,
  loadDefinition,
  startGateway,
} from '../../knox-service/local-gateway/index.ts';
import { describeRecorded } from './replay.ts';
import { startSilentBackend } from './silent-backend.ts';

/** Whom the gateway lets in, and so the user of every run that names none. */
const guest = Buffer.from('guest:guest-password').toString('base64');

describeRecorded('the local gateway', {
  fulfils: ['empty-store'],
  open: async () => {
    const secret = randomBytes(32).toString('hex');
    const backend = await startSilentBackend(secret);
    const gateway = await startGateway({
      host: '127.0.0.1',
      port: 0,
      topology: 'sandbox',
      definition: await loadDefinition(join(import.meta.dirname, '../../knox-service')),
      authenticate: authenticateDemo,
      secret,
      backend: () => backend.url,
      timeout: defaultTimeout,
      shutdownTimeout: 1000,
    });
    return {
      url: `${gateway.url}/gateway/sandbox/kirka`,
      headers: { authorization: `Basic ${guest}` },
      close: async () => {
        await gateway.close();
        await backend.close();
      },
    };
  },
});
