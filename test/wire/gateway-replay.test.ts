import { secret, startTestGateway } from '../gateway/start-gateway.ts';
import { describeRecorded } from './replay.ts';
import { startSilentBackend } from './silent-backend.ts';

/** Whom the gateway lets in, and so the user of every run that names none. */
const guest = Buffer.from('guest:guest-password').toString('base64');

describeRecorded('the local gateway', {
  fulfils: ['empty-store'],
  open: async () => {
    const backend = await startSilentBackend(secret);
    const gateway = await startTestGateway(backend.url);
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
