import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect } from 'chai';
import { open } from 'lmdb';
import { background } from '../../backend/call-context.ts';
import { noVersions } from '../../backend/stores/contract/index.ts';
import { openLmdbStore } from '../../backend/stores/lmdb/index.ts';
import { newRegisteredModel } from './store/samples.ts';

describe('a folder of LMDB that was written before there was a model registry', () => {
  it('opens, keeps what it holds, and takes registered models', async () => {
    const folder = mkdtempSync(join(tmpdir(), 'kirka-lmdb-'));
    const before = open({ path: folder, maxDbs: 16 });
    await before.openDB({ name: 'meta' }).put('schema', 1);
    await before.openDB({ name: 'meta' }).put('next-experiment', 1);
    const record = ['Kept', 'mlflow-artifacts:/0', 'active', 0, 5, 5, 5, []];
    await before.openDB({ name: 'experiments', keyEncoding: 'binary' }).put(Buffer.alloc(8), record);
    await before.close();

    const store = await openLmdbStore({ path: folder, artifactRoot: 'mlflow-artifacts:' });
    const model = await store.registeredModels.create(background, newRegisteredModel('new'));
    expect((await store.experiments.get(background, '0'))?.name).to.equal('Kept');
    expect((await store.registeredModels.get(background, 'new', noVersions))?.model).to.deep.equal(model);
    await store.close();
    rmSync(folder, { recursive: true });
  });
});
