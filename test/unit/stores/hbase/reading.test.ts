import { expect } from 'chai';
import { background } from '../../../../backend/call-context.ts';
import { StoreUnavailable, wholeRun } from '../../../../backend/stores/contract/index.ts';
import type { Store } from '../../../../backend/stores/contract/index.ts';
import type { HBaseRest } from '../../../../backend/stores/hbase/rest/contract.ts';
import type { Run } from '../../../../backend/entities/run.ts';
import { newRun, point, scanned } from '../../../contract/store/samples.ts';
import type { FakeHBase } from '../../../support/fake-hbase.ts';
import { initialisedHBase, openInMemory } from '../../../support/hbase-in-memory.ts';

describe('reading from HBase', () => {
  let hbase: FakeHBase;
  let rest: HBaseRest;
  let store: Store;
  let runs: Run[];
  /** Attributes, version, three params and three metrics. */
  const cellsOfRun = 8;

  before(async () => {
    hbase = await initialisedHBase();
    rest = hbase.client();
    const keys = ['a', 'b', 'c'];
    const params = new Map(keys.map((key) => [key, 'v']));
    const metrics = new Map(keys.map((key) => [key, point(key, 1)]));
    runs = Array.from({ length: 2000 }, (_, i) => newRun({ startTime: 5000 - i }, { params, metrics }));
    const writer = await openInMemory(hbase);
    await Promise.all(runs.map((run) => writer.runs.create(background, run)));
    store = await openInMemory(hbase, rest);
  });
  afterEach(() => {
    hbase.faults = () => undefined;
  });

  const cellsReadBy = async (work: () => Promise<unknown>): Promise<number> => {
    const before = rest.cellsRead;
    await work();
    return rest.cellsRead - before;
  };

  const newest = async (count: number): Promise<string[]> => {
    const ids: string[] = [];
    for await (const page of store.runs.scan(background, { experimentIds: ['0'], parts: wholeRun, expect: count })) {
      ids.push(...page.map(({ info }) => info.runId));
      if (ids.length >= count) break;
    }
    return ids.slice(0, count);
  };

  it('brings cells in proportion to the newest runs that are taken', async () => {
    let found: string[] = [];
    const cells = await cellsReadBy(async () => {
      found = await newest(100);
    });
    expect(found).to.deep.equal(runs.slice(0, 100).map(({ info }) => info.runId));
    expect(cells).to.be.lessThan(3 * 100 * cellsOfRun);
  });

  it('brings only the columns that a search looks at', async () => {
    const scan = { experimentIds: ['0'], parts: { params: ['a'], metrics: ['b', 'none'] } };
    const cells = await cellsReadBy(() => scanned(store, scan));
    expect(cells).to.be.lessThan(2000 * 3 + 100);
  });

  it('remembers where a run is, and nothing else', async () => {
    const { runId } = (runs[0] as Run).info;
    await store.runs.get(background, runId, {});
    expect(await cellsReadBy(() => store.runs.get(background, runId, {}))).to.equal(1);
  });

  it('fails rather than leave runs out of a scan that never reaches its end', async () => {
    hbase.faults = ({ operation }) => (operation === 'scan' ? 'short' : undefined);
    // Two rows at a time still get on; a page that brings nothing does not.
    const scan = { experimentIds: ['0'], parts: {}, expect: 100 };
    const found = await scanned(store, scan).catch((error: unknown) => error);
    expect(found instanceof StoreUnavailable || (found as Run[]).length === 2000).to.equal(true);
  });

  it('gets all of many, where a request for many leaves some out', async () => {
    const fresh = await openInMemory(hbase);
    hbase.faults = ({ operation }) => (operation === 'getMany' ? 'short' : undefined);
    const ids = runs.slice(0, 50).map(({ info }) => info.runId);
    expect([...(await fresh.runs.getMany(background, ids, wholeRun)).keys()]).to.have.members(ids);
    expect([...(await fresh.runs.getMany(background, ids, wholeRun)).keys()]).to.have.members(ids);
  });

  it('fails rather than take a part of a metric history for all of it', async () => {
    const { runId } = (runs[0] as Run).info;
    await store.runs.update(background, runId, {}, () => ({ points: [point('a', 1)] }));
    hbase.faults = ({ operation, table }) => (operation === 'get' && table === 'kirka_runs' ? 'short' : undefined);
    const history = await store.runs.history(background, runId, 'a', { limit: 9 }).catch((error: unknown) => error);
    expect(history).to.be.instanceOf(StoreUnavailable);
  });
});
