import { expect } from 'chai';
import { background } from '../../../backend/call-context.ts';
import { noVersions, StoreUnavailable } from '../../../backend/stores/contract/index.ts';
import type { Store } from '../../../backend/stores/contract/index.ts';
import { newExperiment, newModel, newRegisteredModel, newRun } from './samples.ts';
import type { StoreHarness } from './samples.ts';

/** What the store contract says of the end of a store. */
export function describeClosing(current: () => Store, harness: StoreHarness): void {
  describe('of a store that is closed', () => {
    const runs = Array.from({ length: 30 }, () => newRun());

    const failureOf = (work: () => Promise<unknown>): Promise<unknown> =>
      work().then(
        () => 'no failure',
        (error: unknown) => error,
      );

    const isUnexpected = (outcome: unknown): boolean =>
      outcome !== 'no failure' && !(outcome instanceof StoreUnavailable);

    const drain = async (pages: AsyncIterable<unknown>): Promise<void> => {
      for await (const page of pages) void page;
    };

    it('closes while a scan is left in the middle, which then ends with an error', async () => {
      for (const run of runs) await current().runs.create(background, run);
      const scan = { experimentIds: ['0'], parts: {}, expect: 2 };
      const pages = current().runs.scan(background, scan)[Symbol.asyncIterator]();
      expect((await pages.next()).done).to.equal(false);
      await current().close();
      expect(await failureOf(() => drain({ [Symbol.asyncIterator]: () => pages }))).to.be.instanceOf(StoreUnavailable);
    });

    it('closes while a page of a scan is waited for, which comes or fails', async () => {
      for (const name of ['a', 'b', 'c']) await current().registeredModels.create(background, newRegisteredModel(name));
      const pages = current().registeredModels.scan(background, { versions: noVersions, expect: 1 });
      const waiting = pages[Symbol.asyncIterator]();
      await waiting.next();
      const next = failureOf(() => waiting.next());
      await current().close();
      expect([await next, await failureOf(() => waiting.next())].filter(isUnexpected)).to.deep.equal([]);
    });

    it('closes when it has done what was asked before, reads and writes', async () => {
      const store = current();
      const [first, ...others] = runs.map((run) => store.runs.create(background, run));
      await first;
      const reading = store.runs.getMany(
        background,
        runs.map(({ info }) => info.runId),
        {},
      );
      await store.close();
      await Promise.all(others);
      expect((await reading).size).to.be.greaterThan(0);
      const again = await harness.open();
      for (const { info } of runs) expect((await again.runs.get(background, info.runId, {}))?.info).to.deep.equal(info);
      await again.close();
    });

    const operations: Readonly<Record<string, (store: Store) => Promise<unknown>>> = {
      'runs.create': (store) => store.runs.create(background, newRun()),
      'runs.get': (store) => store.runs.get(background, 'r', {}),
      'runs.scan': (store) => drain(store.runs.scan(background, { experimentIds: ['0'], parts: {} })),
      'experiments.create': (store) => store.experiments.create(background, newExperiment('e')),
      'experiments.getByName': (store) => store.experiments.getByName(background, 'e'),
      'experiments.scan': (store) => drain(store.experiments.scan(background)),
      'registeredModels.create': (store) => store.registeredModels.create(background, newRegisteredModel('m')),
      'registeredModels.scan': (store) => drain(store.registeredModels.scan(background, { versions: noVersions })),
      'loggedModels.create': (store) => store.loggedModels.create(background, newModel()),
      'datasets.scan': (store) => drain(store.datasets.scan(background, ['0'])),
      'removals.runs.scan': (store) => drain(store.removals.runs.scan(background, ['0'])),
      check: (store) => store.check(),
    };

    it('refuses whatever is asked of it afterwards', async () => {
      await current().close();
      for (const [name, work] of Object.entries(operations)) {
        expect(await failureOf(() => work(current())), name).to.be.instanceOf(StoreUnavailable);
      }
    });
  });
}
