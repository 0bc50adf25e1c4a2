import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { openLmdbStore } from '../../backend/stores/lmdb/index.ts';
import { describeStore } from './store/describe-store.ts';

const path = mkdtempSync(join(tmpdir(), 'kirka-lmdb-'));

describeStore('LMDB', {
  open: () => openLmdbStore({ path, artifactRoot: 'mlflow-artifacts:' }),
  wipe: async () => rmSync(path, { recursive: true, force: true }),
});
