import { mkdtempSync, rmSync, statSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect } from 'chai';
import { open } from 'lmdb';
import { background } from '../../../../backend/call-context.ts';
import { versionNumbers } from '../../../../backend/entities/registered-model.ts';
import { noVersions, StoreCorrupt, wholeRun } from '../../../../backend/stores/contract/index.ts';
import type { Store } from '../../../../backend/stores/contract/index.ts';
import { openLmdbStore } from '../../../../backend/stores/lmdb/index.ts';
import {
  newModel,
  newModelVersion,
  newRegisteredModel,
  newRun,
  modelPoint,
  point,
} from '../../../contract/store/samples.ts';
import { misleadPages } from '../../../support/lmdb-pages.ts';

const reasonOf = (work: Promise<unknown>): Promise<unknown> =>
  work.then(
    () => undefined,
    (error: unknown) => error,
  );

describe('an LMDB store that is damaged', () => {
  let path: string;
  let store: Store;
  const file = (): string => join(path, 'data.mdb');

  const openStore = async (): Promise<void> => {
    store = await openLmdbStore({ path, artifactRoot: 'mlflow-artifacts:' });
  };

  beforeEach(async () => {
    path = mkdtempSync(join(tmpdir(), 'kirka-damage-'));
    await openStore();
  });
  afterEach(async () => {
    await store.close();
    rmSync(path, { recursive: true });
  });

  describe('in a page', () => {
    const ids = Array.from({ length: 250 }, (_, i) => `run${String(i).padStart(6, '0')}`);

    beforeEach(async () => {
      const params = new Map([['p', 'v'.repeat(20)]]);
      await Promise.all(
        ids.map((runId, startTime) => store.runs.create(background, newRun({ runId, startTime }, { params }))),
      );
      await store.close();
    });

    /** Reads one run after the other, all in one turn of the event loop. */
    const readAll = async (parts: object): Promise<ReadonlyMap<string, unknown>> => {
      const reasons = await Promise.all(ids.map((id) => reasonOf(store.runs.get(background, id, parts))));
      return new Map(ids.flatMap((id, i) => (reasons[i] === undefined ? [] : [[id, reasons[i]]])));
    };

    it('fails those reads alone that meet it, and names the record', async () => {
      expect(misleadPages(file(), (key) => /^run\d{6}$/.test(key))).to.be.greaterThan(0);
      await openStore();
      const failed = await readAll({});
      expect(failed.size).to.be.within(1, ids.length - 1);
      for (const [id, reason] of failed) {
        expect(reason).to.be.instanceOf(StoreCorrupt);
        expect((reason as Error).message).to.match(new RegExp(`'${id}' of 'row-of-run' .*MDB_PAGE_NOTFOUND`));
      }
      expect(await readAll({})).to.have.lengthOf(failed.size);
      const [first = ''] = failed.keys();
      const [update, create] = await Promise.all([
        reasonOf(store.runs.update(background, first, {}, () => ({}))),
        reasonOf(store.runs.create(background, newRun({ runId: 'another' }))),
      ]);
      expect(update).to.be.instanceOf(StoreCorrupt);
      expect(create).to.equal(undefined);
    });

    it('lets go of what it has read before', async () => {
      expect(misleadPages(file(), (key) => key.endsWith('\0p'))).to.be.greaterThan(0);
      await openStore();
      const failed = await readAll({ params: 'all' });
      expect(failed.size).to.be.within(1, ids.length - 1);
      for (const reason of failed.values()) {
        expect(reason).to.be.instanceOf(StoreCorrupt);
        expect((reason as Error).message).to.match(/of 'params' .*MDB_PAGE_NOTFOUND/);
      }
      const [sound = ''] = ids.filter((id) => !failed.has(id));
      const before = statSync(file()).size;
      for (let i = 0; i < 100; i++) {
        const setTags = new Map([['large', String(i).repeat(50_000)]]);
        await store.runs.update(background, sound, {}, () => ({ setTags }));
      }
      // A snapshot that is still held keeps every page that was written since.
      expect(statSync(file()).size - before).to.be.lessThan(2_000_000);
    });
  });

  describe('in a record', () => {
    const run = newRun(
      { runId: 'r' },
      { links: { datasets: [], modelInputs: ['m-1'], modelOutputs: [] }, metrics: new Map([['m', point('m', 1)]]) },
    );
    const model = newModel({ modelId: 'm-1' });
    const dataset = { name: 'd', digest: '1', sourceType: 's', source: '{}' };

    beforeEach(async () => {
      await store.runs.create(background, run);
      await store.runs.update(background, 'r', {}, () => ({ points: [point('m', 1), point('m', 2, 1)] }));
      await store.loggedModels.create(background, model);
      await store.loggedModels.addMetrics(background, 'm-1', [modelPoint('m', 1)]);
      await store.datasets.register(background, '0', dataset, 'train');
      await store.registeredModels.create(background, newRegisteredModel('reg'));
      await store.registeredModels.update(background, 'reg', () => ({ addVersion: newModelVersion() }));
      await store.close();
    });

    const drain = async (pages: AsyncIterable<unknown>): Promise<void> => {
      for await (const page of pages) void page;
    };

    interface Read {
      /** The tables whose records it meets. */
      readonly meets: readonly string[];
      readonly work: () => Promise<unknown>;
    }

    /** What reads the records of a table. */
    const reads: Readonly<Record<string, Read>> = {
      experiments: { meets: ['experiments'], work: () => store.experiments.get(background, '0') },
      infos: { meets: ['infos'], work: () => store.runs.get(background, 'r', {}) },
      metrics: { meets: ['infos', 'metrics'], work: () => store.runs.get(background, 'r', { metrics: ['m'] }) },
      points: { meets: ['points'], work: () => store.runs.history(background, 'r', 'm', { limit: 10 }) },
      links: { meets: ['infos', 'metrics', 'links'], work: () => store.runs.get(background, 'r', wholeRun) },
      datasets: {
        meets: ['datasets'],
        work: () => store.datasets.getMany(background, [{ experimentId: '0', name: 'd', digest: '1' }]),
      },
      'dataset-uses': { meets: ['dataset-uses'], work: () => drain(store.datasets.scan(background, ['0'])) },
      models: {
        meets: ['models'],
        work: () => drain(store.loggedModels.scan(background, { experimentIds: ['0'], metrics: [] })),
      },
      'model-points': {
        meets: ['models', 'model-points'],
        work: () => store.loggedModels.get(background, 'm-1', 'all'),
      },
      'registered-models': {
        meets: ['registered-models'],
        work: () => store.registeredModels.get(background, 'reg', noVersions),
      },
      'model-versions': {
        meets: ['registered-models', 'model-versions'],
        work: () => store.registeredModels.get(background, 'reg', versionNumbers),
      },
    };

    /** Changes the bytes of the first record of a table. */
    const change = async (name: string, changed: (bytes: Buffer) => Buffer): Promise<void> => {
      const root = open({ path, maxDbs: 32 });
      const table = root.openDB<Buffer, Buffer>({ name, keyEncoding: 'binary', encoding: 'binary' });
      const [entry] = [...table.getRange({ limit: 1 })];
      if (entry === undefined) throw new Error(`nothing is in ${name}`);
      await table.put(entry.key, changed(entry.value));
      await root.close();
    };

    const damages: Readonly<Record<string, (bytes: Buffer) => Buffer>> = {
      'bytes that cannot be decoded': () => Buffer.from([0xdb, 0x7f, 0xff, 0xff, 0xff, 0x00]),
      'another kind of value': () => Buffer.from([0x05]),
      'fields of another kind': () => Buffer.from([0x93, 0x80, 0x80, 0x80]),
      'an end that is missing': (bytes) => bytes.subarray(0, bytes.length - 1),
    };

    for (const [table, { work }] of Object.entries(reads)) {
      for (const [damage, changed] of Object.entries(damages)) {
        it(`fails the reads of it alone: ${table}, ${damage}`, async () => {
          await change(table, changed);
          await openStore();
          const reason = await reasonOf(work());
          expect(reason).to.be.instanceOf(StoreCorrupt);
          expect((reason as Error).message).to.include(` of '${table}' cannot be read: `);
          for (const [other, read] of Object.entries(reads)) {
            if (!read.meets.includes(table)) expect(await reasonOf(read.work()), other).to.equal(undefined);
          }
        });
      }
    }
  });
});
