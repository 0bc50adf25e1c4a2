import { expect } from 'chai';
import { background } from '../../../backend/call-context.ts';
import { createLoggedModelService } from '../../../backend/services/logged-models.ts';
import type { LoggedModelService } from '../../../backend/services/logged-models.ts';
import { createRunService } from '../../../backend/services/runs.ts';
import type { LoggedPoint, RunService } from '../../../backend/services/runs.ts';
import { createSearchService } from '../../../backend/services/search.ts';
import type { LoggedModelSearch, SearchService } from '../../../backend/services/search.ts';
import type { Store } from '../../../backend/stores/contract/index.ts';
import { refusalOf } from '../../support/refusal.ts';
import { openTemporaryStore } from './temporary-store.ts';
import type { TemporaryStore } from './temporary-store.ts';

const failure = new Error('the store is gone');
const everything: LoggedModelSearch = {
  experimentIds: ['0'],
  filter: '',
  datasets: [],
  maxResults: 0,
  orderBy: [],
  pageToken: '',
};

describe('logged models', () => {
  let temporary: TemporaryStore;
  let store: Store;
  let models: LoggedModelService;
  let runs: RunService;
  let search: SearchService;
  beforeEach(async () => {
    temporary = await openTemporaryStore();
    ({ store } = temporary);
    models = createLoggedModelService(store);
    runs = createRunService(store);
    search = createSearchService(store);
  });
  afterEach(() => temporary.remove());

  const newModel = async (name = 'm'): Promise<string> => {
    const request = { experimentId: '0', name, modelType: '', sourceRunId: '', params: [], tags: [] };
    return (await models.create(background, request)).info.modelId;
  };
  const newRun = async (service = runs): Promise<string> => {
    const request = { experimentId: '0', userId: '', startTime: 1, runName: '', tags: [] };
    return (await service.create(background, request)).run.info.runId;
  };
  const point = (modelId: string, value = 1, key = 'acc'): LoggedPoint => ({
    key,
    value,
    timestamp: 1,
    step: 0,
    modelId,
  });
  const valuesOf = async (modelId: string): Promise<number[]> =>
    (await models.get(background, modelId)).metrics.map(({ value }) => value);
  const latestOf = async (runId: string): Promise<number[]> =>
    [...(await runs.get(background, runId)).run.metrics.values()].map(({ value }) => value);

  describe('a point for a model, which is kept in two rows', () => {
    /** A run service whose writes to runs fail, so many times, after the model has been written. */
    function failing(times: number): RunService {
      let left = times;
      const broken = new Proxy(store.runs, {
        get: (target, name: keyof Store['runs']) =>
          name === 'update' && left-- > 0 ? () => Promise.reject(failure) : target[name].bind(target),
      });
      return createRunService({ ...store, runs: broken });
    }

    it('is completed by a repetition where the first attempt ended between the two', async () => {
      const [modelId, runId] = [await newModel(), await newRun()];
      const service = failing(1);
      const error: unknown = await service
        .logMetric(background, runId, point(modelId))
        .catch((reason: unknown) => reason);
      expect(error).to.equal(failure);
      expect([await valuesOf(modelId), await latestOf(runId)]).to.deep.equal([[1], []]);
      await service.logMetric(background, runId, point(modelId));
      expect([await valuesOf(modelId), await latestOf(runId)]).to.deep.equal([[1], [1]]);
    });

    it('reaches neither where the run refuses it', async () => {
      const [modelId, runId] = [await newModel(), await newRun()];
      await runs.logParam(background, runId, { key: 'p', value: '1' });
      const batch = { metrics: [point(modelId)], params: [{ key: 'p', value: '2' }], tags: [] };
      expect(await refusalOf(runs.logBatch(background, runId, batch))).to.contain('Changing param values');
      await runs.delete(background, runId);
      expect(await refusalOf(runs.logMetric(background, runId, point(modelId)))).to.contain('active');
      expect(await valuesOf(modelId)).to.deep.equal([]);
    });

    it('reaches no model of a batch where one of them is not there', async () => {
      const [modelId, runId] = [await newModel(), await newRun()];
      const batch = { metrics: [point(modelId), point('m-none')], params: [], tags: [] };
      expect(await refusalOf(runs.logBatch(background, runId, batch))).to.contain("'m-none'");
      expect([await valuesOf(modelId), await latestOf(runId)]).to.deep.equal([[], []]);
    });

    it('does not reach the run where the model has another value at its place', async () => {
      const [modelId, runId] = [await newModel(), await newRun()];
      await runs.logMetric(background, runId, point(modelId, 1));
      expect(await refusalOf(runs.logMetric(background, runId, point(modelId, 2)))).to.match(/^BAD_REQUEST/);
      expect([await valuesOf(modelId), await latestOf(runId)]).to.deep.equal([[1], [1]]);
    });
  });

  describe('a dataset of a run, which is kept in two rows', () => {
    it('is registered before the run names it', async () => {
      const runId = await newRun();
      const order: string[] = [];
      const noting = <Target extends object>(target: Target, method: keyof Target): Target =>
        new Proxy(target, {
          get: (object, name) => {
            if (name === method) order.push(String(name));
            const value: unknown = Reflect.get(object, name);
            return typeof value === 'function' ? (value.bind(object) as unknown) : value;
          },
        });
      const service = createRunService({
        ...store,
        datasets: noting(store.datasets, 'register'),
        runs: noting(store.runs, 'update'),
      });
      const dataset = { name: 'wine', digest: 'd', sourceType: 'local', source: 's' };
      await service.logInputs(background, runId, [{ dataset, tags: [] }], []);
      expect(order).to.deep.equal(['register', 'update']);
      order.length = 0;
      await service.logInputs(background, runId, [{ dataset, tags: [] }], []);
      expect(order, 'known: nothing to register').to.deep.equal(['update']);
    });

    it('is not registered for a run that refuses it', async () => {
      const runId = await newRun();
      await runs.delete(background, runId);
      const dataset = { name: 'wine', digest: 'd', sourceType: 'local', source: 's' };
      expect(await refusalOf(runs.logInputs(background, runId, [{ dataset, tags: [] }], []))).to.contain('active');
      expect(await search.searchDatasets(background, ['0'])).to.deep.equal([]);
    });
  });

  describe('pages of a search', () => {
    const orderBy = [{ field: 'name', ascending: true, datasetName: '', datasetDigest: '' }];

    for (const order of [[], orderBy]) {
      it(`neither skip nor repeat a model when others come and go, ${order.length === 0 ? 'newest first' : 'in an order'}`, async () => {
        const before: string[] = [];
        for (const name of ['b', 'd', 'f', 'h', 'j']) before.push(await newModel(name));
        const seen: string[] = [];
        let pageToken = '';
        do {
          const page = await search.searchLoggedModels(background, {
            ...everything,
            maxResults: 2,
            orderBy: order,
            pageToken,
          });
          seen.push(...page.items.map(({ info }) => info.modelId));
          pageToken = page.nextPageToken ?? '';
          await newModel('a');
          await newModel('z');
          await models.delete(background, seen[0] ?? '');
        } while (pageToken !== '' && seen.length < 50);
        expect(new Set(seen).size).to.equal(seen.length);
        expect(before.filter((id) => !seen.includes(id))).to.deep.equal([]);
      });
    }

    it('refuse a token without a position', async () => {
      const offset = { experiment_ids: ['0'], filter_string: null, order_by: null, offset: 2 };
      for (const after of [undefined, [], ['n1'], ['n1', 'sm', 'n2'], 'x', ['n1', 'n2']]) {
        const pageToken = Buffer.from(JSON.stringify({ ...offset, after })).toString('base64');
        expect(await refusalOf(search.searchLoggedModels(background, { ...everything, pageToken }))).to.contain(
          'no position',
        );
      }
    });
  });
});
