import { expect } from 'chai';
import fc from 'fast-check';
import { background } from '../../../backend/call-context.ts';
import { MlflowError } from '../../../backend/errors.ts';
import type { SearchService, RunSearch } from '../../../backend/services/search.ts';
import { createSearchService } from '../../../backend/services/search.ts';
import type { Store } from '../../../backend/stores/contract/index.ts';
import type { Sketch } from './store.ts';
import { runIdOf, sketched, temporaryStore } from './store.ts';

describe('searching runs', () => {
  let store: Store;
  let search: SearchService;
  let remove: () => Promise<void>;

  before(async () => {
    ({ store, remove } = await temporaryStore());
    search = createSearchService(store);
  });
  after(() => remove());

  const query = (experimentId: string, rest: Partial<RunSearch> = {}): RunSearch => ({
    ...{ experimentIds: [experimentId], filter: '', view: 'ACTIVE_ONLY', maxResults: 1000, orderBy: [] },
    ...rest,
  });

  async function names(experimentId: string, rest: Partial<RunSearch> = {}): Promise<string[]> {
    const { items } = await search.searchRuns(background, query(experimentId, rest));
    return items.map(({ run }) => run.info.runName);
  }

  async function pages(experimentId: string, rest: Partial<RunSearch>, between = async () => {}): Promise<string[][]> {
    const found: string[][] = [];
    let pageToken: string | undefined;
    do {
      const page = await search.searchRuns(background, query(experimentId, { ...rest, pageToken }));
      found.push(page.items.map(({ run }) => run.info.runName));
      pageToken = page.nextPageToken;
      await between();
    } while (pageToken !== undefined);
    return found;
  }

  async function experiment(...sketches: Sketch[]): Promise<string> {
    const created = await store.experiments.create(background, {
      name: `experiment ${Math.random()}`,
      artifactLocation: (id) => `mlflow-artifacts:/${id}`,
      creationTime: 0,
      tags: new Map(),
    });
    if (created === 'name taken') throw new Error(created);
    for (const one of sketches)
      await store.runs.create(background, sketched({ ...one, experimentId: created.experimentId }));
    return created.experimentId;
  }

  async function refused(promise: Promise<unknown>): Promise<MlflowError> {
    try {
      await promise;
    } catch (error) {
      if (error instanceof MlflowError) return error;
      throw error;
    }
    throw new Error('nothing was refused');
  }

  describe('by filter', () => {
    let id: string;
    before(async () => {
      id = await experiment(
        { name: 'a', start: 1, metrics: { x: 1 }, params: { p: 'Abc' }, tags: { t: '1' } },
        { name: 'b', start: 2, metrics: { x: NaN }, params: { p: 'abC' }, end: 5 },
        { name: 'c', start: 3, params: { p: 'a_c' }, status: 'FINISHED' },
        { name: 'd', start: 2n ** 53n + 1n, metrics: { x: -5 }, tags: { 'mlflow.runName': 'renamed' } },
      );
    });

    // Without those of the first column, what MLflow's server on SQLite answered for the same runs.
    const answers: readonly [filter: string, found: string][] = [
      ['', 'dcba'],
      ['metrics.x > -100', 'da'],
      ['metrics.x != 1', 'db'],
      ['metrics.x = 0', ''],
      ["params.p LIKE 'a%'", 'cb'],
      ["params.p ILIKE 'A_C'", 'cba'],
      ["params.p != 'Abc'", 'cb'],
      ['params.p IS NULL', 'd'],
      ['tags.t IS NOT NULL', 'a'],
      ["tags.t = '1' AND params.p = 'Abc' AND metrics.x >= 1", 'a'],
      ["status = 'FINISHED'", 'c'],
      ["status != 'FINISHED'", 'dba'],
      ['end_time != 0', 'b'],
      ['start_time > 9007199254740992', 'd'],
      ['start_time = 9007199254740993', 'd'],
      ['start_time < 99999999999999999999', 'dcba'],
      ['created >= 2.5', 'dc'],
      ["run_name = 'd'", ''],
      ["attributes.`Run name` LIKE 're%'", 'd'],
      ["user_id = 'sam'", 'dcba'],
      ["artifact_uri LIKE '%nowhere%'", ''],
      ["dataset.name = 'x'", ''],
    ];
    for (const [filter, found] of answers) {
      it(`finds '${found}' by ${filter || 'nothing'}`, async () => {
        expect((await names(id, { filter })).join('')).to.equal(found);
      });
    }

    it('finds runs by id without a scan, in order and in the asked experiments only', async () => {
      const filter = `run_id IN ('${runIdOf(id, 'a')}', '${runIdOf(id, 'c')}', 'nowhere')`;
      expect(await names(id, { filter })).to.deep.equal(['c', 'a']);
      expect(await names('0', { filter })).to.deep.equal([]);
      expect(await names(id, { filter: filter.replace('IN', 'NOT IN') })).to.deep.equal(['d', 'b']);
    });

    it('brings every run whole, whatever the filter looked at', async () => {
      const { items } = await search.searchRuns(background, query(id, { filter: 'metrics.x = 1' }));
      expect(Object.fromEntries(items[0]?.run.params ?? [])).to.deep.equal({ p: 'Abc' });
      expect(Object.fromEntries(items[0]?.run.tags ?? [])).to.deep.equal({ 'mlflow.runName': 'a', t: '1' });
    });
  });

  describe('in an order', () => {
    let id: string;
    before(async () => {
      id = await experiment(
        { name: 'a', start: 1, metrics: { x: 1 }, params: { u: 'É' }, end: 3 },
        { name: 'b', start: 1, metrics: { x: NaN }, params: { u: 'é' } },
        { name: 'c', start: 2, params: { u: '\u{1f600}' }, end: 1 },
        { name: 'd', start: 3, metrics: { x: -5 }, params: { u: '\ufffd' } },
      );
    });

    const answers: readonly [orderBy: readonly string[], found: string][] = [
      [[], 'dcab'],
      [['start_time DESC'], 'dcab'],
      [['start_time ASC'], 'abcd'],
      [['metrics.x'], 'dabc'],
      [['metrics.x DESC'], 'adbc'],
      [['params.u'], 'abdc'],
      [['params.u DESC'], 'cdba'],
      [['end_time'], 'cadb'],
      [['end_time DESC'], 'acdb'],
      [['params.missing', 'run_id DESC'], 'dcba'],
      [['status', 'start_time', 'run_name DESC'], 'bacd'],
    ];
    for (const [orderBy, found] of answers) {
      it(`puts '${found}' by [${orderBy.join(', ')}]`, async () => {
        expect((await names(id, { orderBy })).join('')).to.equal(found);
      });
    }

    it('refuses a key that comes twice, as the server does', async () => {
      const error = await refused(names(id, { orderBy: ['created', 'start_time desc'] }));
      expect(error.code).to.equal('INTERNAL_ERROR');
      expect(error.message).to.equal("`order_by` contains duplicate fields: ['created', 'start_time desc']");
    });
  });

  describe('page by page', () => {
    it('gives no token with a full last page', async () => {
      const id = await experiment({ name: 'a' }, { name: 'b' }, { name: 'c' }, { name: 'd' });
      expect(await pages(id, { maxResults: 2 })).to.deep.equal([
        ['a', 'b'],
        ['c', 'd'],
      ]);
      expect(await pages(id, { maxResults: 3, orderBy: ['run_name DESC'] })).to.deep.equal([['d', 'c', 'b'], ['a']]);
    });

    it('finds each run once in any order, while others are written', async () => {
      const values = fc.constantFrom(NaN, Infinity, -Infinity, -0, 0, 5e-324, 1.5);
      const sketch = fc.record({
        start: fc.oneof(fc.constantFrom(0, 1), fc.bigInt({ min: 2n ** 53n, max: 2n ** 53n + 2n })),
        metrics: fc.dictionary(fc.constantFrom('x', 'y'), values),
        params: fc.dictionary(fc.constant('p'), fc.constantFrom('', 'a', '\ufffd', '\u{1f600}')),
      });
      const orders = [
        'metrics.x',
        'metrics.y DESC',
        'params.p',
        'params.p DESC',
        'start_time',
        'start_time DESC',
        'end_time',
      ];
      await fc.assert(
        fc.asyncProperty(
          fc.array(sketch, { maxLength: 12 }),
          fc.subarray(orders.filter((order) => order !== 'params.p DESC' && order !== 'start_time DESC')),
          fc.integer({ min: 1, max: 5 }),
          async (sketches, orderBy, maxResults) => {
            const id = await experiment(...sketches.map((one, index) => ({ ...one, name: `old ${index}` })));
            const wanted = await names(id, { orderBy });
            let written = 0;
            const found = await pages(id, { orderBy, maxResults }, async () => {
              if (written < 5)
                await store.runs.create(background, sketched({ name: `new ${++written}`, experimentId: id }));
            });
            expect(found.flat().filter((name) => name.startsWith('old'))).to.deep.equal(wanted);
            expect(new Set(found.flat()).size).to.equal(found.flat().length);
          },
        ),
        { numRuns: 60 },
      );
    });

    it('refuses a token of another query, and what is none', async () => {
      const id = await experiment({ name: 'a' }, { name: 'b' });
      const { nextPageToken = '' } = await search.searchRuns(background, query(id, { maxResults: 1 }));
      const tries: readonly [Partial<RunSearch>, RegExp][] = [
        [{ pageToken: nextPageToken, orderBy: ['run_name'] }, /another 'filter' or 'order_by'/],
        [{ pageToken: nextPageToken, filter: "params.p = ''" }, /another 'filter' or 'order_by'/],
        [{ pageToken: 'garbage' }, /^Invalid page token, could not base64-decode$/],
        [{ pageToken: 'abcd' }, /^Invalid page token, decoded value=b'i\\xb7\\x1d'$/],
        [{ pageToken: 'e30=' }, /^Invalid page token, parsed value=\{\}$/],
        [{ pageToken: 'eyJvZmZzZXQiOiA1fQ==' }, /^Invalid page token, parsed value=\{"offset": 5\}$/],
      ];
      for (const [rest, message] of tries) {
        const error = await refused(names(id, rest));
        expect(error.code).to.equal('INVALID_PARAMETER_VALUE');
        expect(error.message).to.match(message);
      }
    });

    it('refuses a forged position and nothing worse', async () => {
      const id = await experiment({ name: 'a' }, { name: 'b' });
      const { nextPageToken = '' } = await search.searchRuns(background, query(id, { maxResults: 1 }));
      const token = JSON.parse(Buffer.from(nextPageToken, 'base64url').toString()) as { k: unknown[] };
      const forged = [
        [],
        ['n1'],
        ['nNaN', 'sx'],
        ['n1.5', 'sx'],
        ['sx', 'sx'],
        [null, 'sx'],
        ['n1', 'n1'],
        ['x', 'y'],
        [1, 2],
      ];
      for (const k of [
        ...forged,
        ['i99999999999999999999', 'sx'],
        ['n1', 'sx', 'sx'],
        ['n1', `s${'x'.repeat(3000)}`],
      ]) {
        const pageToken = Buffer.from(JSON.stringify({ ...token, k })).toString('base64');
        expect((await refused(names(id, { pageToken }))).code, JSON.stringify(k)).to.equal('INVALID_PARAMETER_VALUE');
      }
    });
  });

  describe('by lifecycle stage', () => {
    it('takes the experiment into account', async () => {
      const id = await experiment({ name: 'kept' }, { name: 'deleted', stage: 'deleted' });
      const views = async (): Promise<string[]> =>
        Promise.all(
          (['ACTIVE_ONLY', 'DELETED_ONLY', 'ALL'] as const).map(async (view) => (await names(id, { view })).join(' ')),
        );
      const set = (stage: 'active' | 'deleted') =>
        store.experiments.update(background, id, ({ lifecycle }) => ({
          lifecycle: { stage, epoch: lifecycle.epoch + 1, changedAt: 0 },
        }));
      expect(await views()).to.deep.equal(['kept', 'deleted', 'deleted kept']);
      await set('deleted');
      expect(await views()).to.deep.equal(['', 'deleted kept', 'deleted kept']);
      const { items } = await search.searchRuns(background, query(id, { view: 'ALL' }));
      expect(items.map(({ stage }) => stage)).to.deep.equal(['deleted', 'deleted']);
      await set('active');
      expect(await views()).to.deep.equal(['deleted kept', '', 'deleted kept']);
    });
  });

  it('knows experiment ids in any spelling of the integer', async () => {
    const id = await experiment({ name: 'a' });
    expect(
      await names(id, { experimentIds: [` ${id} `, `0${id}`, '1000000', '-5', '99999999999999999999'] }),
    ).to.deep.equal(['a']);
    expect((await refused(names(id, { experimentIds: ['x'] }))).message).to.equal(
      "Invalid experiment ID 'x'. Experiment ID must be a valid integer.",
    );
  });

  it('names the first mistake, as the server does', async () => {
    const wrong = { maxResults: 0, filter: 'metrics.a LIKE 1', orderBy: ['y'], pageToken: 'x', experimentIds: ['q'] };
    const messages: [Partial<RunSearch>, RegExp][] = [
      [wrong, /^Invalid value 0 for parameter 'max_results' supplied. It must be a positive integer$/],
      [{ ...wrong, maxResults: 5, filter: 'x' }, /^Invalid clause\(s\) in filter string: 'x'$/],
      [{ ...wrong, maxResults: 5 }, /^Invalid attribute key 'y' specified/],
      [{ ...wrong, maxResults: 5, orderBy: [] }, /^Invalid comparator 'LIKE' not one of/],
      [{ ...wrong, maxResults: 5, orderBy: [], filter: '' }, /^Invalid page token/],
      [{ ...wrong, maxResults: 5, orderBy: [], filter: '', pageToken: '' }, /^Invalid experiment ID 'q'/],
    ];
    for (const [rest, message] of messages) expect((await refused(names('0', rest))).message).to.match(message);
  });
});
