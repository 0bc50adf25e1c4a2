import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect } from 'chai';
import { background } from '../../../backend/call-context.ts';
import { createServices } from '../../../backend/create-services.ts';
import type { ArtifactStore } from '../../../backend/artifacts/contract.ts';
import { stageOf, versionNumbers } from '../../../backend/entities/registered-model.ts';
import type { Store } from '../../../backend/stores/contract/index.ts';
import { openEnvironment } from '../../../backend/stores/lmdb/environment.ts';
import { openLmdbStore } from '../../../backend/stores/lmdb/index.ts';
import { modelKey, versionKey } from '../../../backend/stores/lmdb/registered-keys.ts';
import { newModelVersion, newRegisteredModel } from '../../contract/store/samples.ts';
import { initialisedHBase, openInMemory } from '../../support/hbase-in-memory.ts';

/** A store that can lose the record of a version of its first model while the model still says its stage. */
interface Damageable {
  readonly store: Store;
  /** @returns the store as it is then */
  readonly lose: (number: number) => Promise<Store>;
  readonly remove: () => Promise<void>;
}

async function onLmdb(): Promise<Damageable> {
  const folder = mkdtempSync(join(tmpdir(), 'kirka-absent-'));
  const path = join(folder, 'store');
  const open = (): Promise<Store> => openLmdbStore({ path, artifactRoot: 'mlflow-artifacts:' });
  let store = await open();
  return {
    store,
    async lose(number) {
      await store.close();
      const environment = await openEnvironment(path);
      await environment.write(() => {
        environment.modelVersions.remove(versionKey(modelKey(0), number));
      });
      await environment.close();
      store = await open();
      return store;
    },
    async remove() {
      await store.close();
      rmSync(folder, { recursive: true, force: true });
    },
  };
}

async function onHBase(): Promise<Damageable> {
  const hbase = await initialisedHBase();
  const store = await openInMemory(hbase);
  return {
    store,
    async lose(number) {
      const rest = hbase.client();
      for await (const page of rest.scan(background, 'kirka_models', { start: 'm.', end: 'm.~', expect: 10 })) {
        // What a deletion leaves of a version.
        for (const { key } of page) {
          await rest.put('kirka_models', key, new Map([[`d:n.${String(number)}`, Buffer.from('-')]]));
        }
      }
      return store;
    },
    remove: () => store.close(),
  };
}

for (const [name, open] of Object.entries({ LMDB: onLmdb, 'HBase in memory': onHBase })) {
  describe(`a version whose stage is there without its record, on ${name}`, () => {
    let damageable: Damageable;
    let store: Store;
    let warnings: object[];
    const context = { ...background, log: { warn: (fields: object) => void warnings.push(fields) } };
    const services = () => createServices(store, {} as ArtifactStore);

    /** Versions 1 to 4, of which 2 and 4 lose their records. */
    beforeEach(async () => {
      damageable = await open();
      ({ store } = damageable);
      warnings = [];
      await store.registeredModels.create(background, newRegisteredModel('m'));
      for (let i = 0; i < 4; i++) {
        await store.registeredModels.update(background, 'm', () => ({ addVersion: newModelVersion() }));
      }
      await store.registeredModels.update(background, 'm', () => ({
        setStages: new Map([
          [2, 'Production'],
          [3, 'Production'],
        ]),
        setAliases: new Map([['champion', 4]]),
      }));
      for (const number of [2, 4]) store = await damageable.lose(number);
    });
    afterEach(() => damageable.remove());

    it('counts as deleted in every read, and is told once', async () => {
      const read = await store.registeredModels.get(context, 'm', versionNumbers);
      expect([...(read?.versions.keys() ?? [])]).to.deep.equal([1, 3]);
      expect(read?.model.stages).to.deep.equal(['None', undefined, 'Production', undefined]);
      expect([...(read?.model.aliases ?? [])]).to.deep.equal([]);
      const many = await store.registeredModels.getMany(context, ['m'], versionNumbers);
      expect([...many]).to.deep.equal([['m', read]]);
      expect(warnings.map((fields) => ({ ...fields }))).to.have.deep.members([
        { model: 'm', version: 2 },
        { model: 'm', version: 4 },
      ]);
    });

    it('fails no search, and is none of the latest versions', async () => {
      const search = { filter: '', maxResults: 10, orderBy: [] };
      const versions = await services().search.searchModelVersions(background, search);
      expect(versions.items.map(({ version }) => version.version)).to.have.members([1, 3]);
      const { items } = await services().search.searchRegisteredModels(background, search);
      expect(items[0]?.versions.map(({ version }) => version)).to.have.members([1, 3]);
    });

    it('cannot be changed, and is gone for good when another change meets it', async () => {
      const { modelVersions } = services();
      for (const change of [
        modelVersions.get(background, { name: 'm', version: '4' }),
        modelVersions.transition(background, { name: 'm', version: '4' }, 'Staging', false),
        modelVersions.setTag(background, { name: 'm', version: '2' }, { key: 'k', value: 'v' }),
        modelVersions.delete(background, { name: 'm', version: '2' }),
      ]) {
        const failure: unknown = await change.then(
          () => 'none',
          (error: unknown) => error,
        );
        expect(failure).to.be.instanceOf(Error).with.property('code', 'RESOURCE_DOES_NOT_EXIST');
      }
      // Archives what is in Production: 3, and 2, which is not there.
      await modelVersions.transition(background, { name: 'm', version: '1' }, 'Production', true);
      const read = await store.registeredModels.get(background, 'm', () => []);
      expect(read && [1, 2, 3].map((number) => stageOf(read.model, number))).to.deep.equal([
        'Production',
        undefined,
        'Archived',
      ]);
      expect((await modelVersions.get(background, { name: 'm', version: '3' })).version.version).to.equal(3);
    });
  });
}
