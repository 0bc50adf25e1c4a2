import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect } from 'chai';
import { open } from 'lmdb';
import { background } from '../../backend/call-context.ts';
import { openLmdbStore } from '../../backend/stores/lmdb/index.ts';
import { describeStore } from './store/describe-store.ts';
import { modelPoint, newModel } from './store/samples.ts';

const path = mkdtempSync(join(tmpdir(), 'kirka-lmdb-'));

describeStore('LMDB', {
  open: () => openLmdbStore({ path, artifactRoot: 'mlflow-artifacts:' }),
  wipe: async () => rmSync(path, { recursive: true, force: true }),
});

describe('a folder of LMDB that was written before there were logged models', () => {
  it('opens, keeps what it holds, and takes logged models', async () => {
    const folder = mkdtempSync(join(tmpdir(), 'kirka-lmdb-'));
    const before = open({ path: folder, maxDbs: 16 });
    await before.openDB({ name: 'meta' }).put('schema', 1);
    await before.openDB({ name: 'meta' }).put('next-experiment', 1);
    const record = ['Kept', 'mlflow-artifacts:/0', 'active', 0, 5, 5, 5, []];
    await before.openDB({ name: 'experiments', keyEncoding: 'binary' }).put(Buffer.alloc(8), record);
    await before.close();

    const store = await openLmdbStore({ path: folder, artifactRoot: 'mlflow-artifacts:' });
    const model = newModel();
    await store.loggedModels.create(background, model);
    await store.loggedModels.addMetrics(background, model.modelId, [modelPoint('m', 1)]);
    expect((await store.experiments.get(background, '0'))?.name).to.equal('Kept');
    expect((await store.loggedModels.get(background, model.modelId, 'all'))?.metrics).to.deep.equal([
      modelPoint('m', 1),
    ]);
    await store.close();
    rmSync(folder, { recursive: true });
  });
});
