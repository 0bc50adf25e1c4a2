import { describeRecorded } from '../wire/replay.ts';
import { throughKnox } from './support/differences.ts';
import { stack } from './support/hooks.ts';
import { startBehindKnox } from './support/kirka.ts';

describeRecorded('Kirka behind Knox', {
  fulfils: ['empty-store'],
  differences: throughKnox,
  open: async () => {
    const backend = await startBehindKnox();
    const { ca, knox } = stack();
    const authorization = `Basic ${Buffer.from('guest:guest-password').toString('base64')}`;
    return { url: knox.serviceUrl('kirka'), ca, headers: { authorization }, close: backend.dispose };
  },
});
