import { describeRecorded } from './replay.ts';
import { startSilentBackend } from './silent-backend.ts';

describeRecorded('the backend on LMDB and a local folder', {
  fulfils: ['empty-store', 'anonymous', 'straight'],
  open: () => startSilentBackend(),
});
