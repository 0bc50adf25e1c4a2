import { expect } from 'chai';
import { background } from '../../../backend/call-context.ts';
import type { LoggedModel, LoggedModelInfo } from '../../../backend/entities/logged-model.ts';
import type { Store } from '../../../backend/stores/contract/index.ts';
import { modelPoint, newModel, newModelId, scannedModels } from './samples.ts';

const full = newModel({
  modelType: 'sklearn',
  sourceRunId: 'b'.repeat(32),
  params: new Map([
    ['a/b c', ''],
    ['lr', 'é\u{1f600}'],
  ]),
  tags: new Map([['mlflow.note', 'x'.repeat(8000)]]),
});

const newestFirst = (a: LoggedModelInfo, b: LoggedModelInfo): number =>
  b.creationTime - a.creationTime || (a.modelId < b.modelId ? -1 : 1);
const ids = (models: readonly LoggedModel[]): string[] => models.map(({ info }) => info.modelId);
const idsOf = (models: readonly LoggedModelInfo[]): string[] => models.map(({ modelId }) => modelId);

/** The promises of LoggedModelStore. */
export function describeLoggedModels(current: () => Store): void {
  const models = () => current().loggedModels;

  describe('logged models', () => {
    it('are what was created', async () => {
      await models().create(background, full);
      expect(await models().get(background, full.modelId, 'all')).to.deep.equal({ info: full, metrics: [] });
      const found = await models().getMany(background, [newModelId(), full.modelId], 'all');
      expect([...found]).to.deep.equal([[full.modelId, { info: full, metrics: [] }]]);
    });

    it('are undefined where there is none, whatever the id looks like', async () => {
      await models().create(background, full);
      for (const id of ['', '\0', newModelId(), 'x'.repeat(5000), `${full.modelId}0`, full.modelId.slice(0, -1)]) {
        expect(await models().get(background, id, 'all'), JSON.stringify(id)).to.equal(undefined);
        expect(await models().update(background, id, () => ({})), JSON.stringify(id)).to.equal(undefined);
        expect(await models().addMetrics(background, id, [modelPoint('m', 1)]), JSON.stringify(id)).to.equal(undefined);
      }
    });

    it('change as a whole, and only what is named', async () => {
      await models().create(background, full);
      const after = await models().update(background, full.modelId, () => ({
        info: { status: 'READY', lastUpdateTime: 9 },
        setParams: new Map([['b', 'new']]),
        setTags: new Map([['k', 'v']]),
        deleteTags: ['mlflow.note', 'not there'],
      }));
      expect(after).to.deep.equal({
        ...full,
        status: 'READY',
        lastUpdateTime: 9,
        params: new Map([...full.params, ['b', 'new']]),
        tags: new Map([['k', 'v']]),
      });
      expect([...(after?.params.keys() ?? [])]).to.deep.equal(['a/b c', 'b', 'lr']);
      expect((await models().get(background, full.modelId, []))?.info).to.deep.equal(after);
    });

    it('write nothing when the decision throws, and pass the error on', async () => {
      await models().create(background, full);
      const failure = new Error('no');
      const update = models().update(background, full.modelId, () => {
        throw failure;
      });
      expect(await update.catch((error: unknown) => error)).to.equal(failure);
      expect((await models().get(background, full.modelId, []))?.info).to.deep.equal(full);
    });

    it('lose no change of many at one time', async () => {
      await models().create(background, full);
      const add = (n: number): Promise<unknown> =>
        models().update(background, full.modelId, ({ tags }) => ({
          setTags: new Map([
            ['n', String(Number(tags.get('n') ?? 0) + 1)],
            [`t${n}`, ''],
          ]),
        }));
      await Promise.all(Array.from({ length: 40 }, (_, n) => add(n)));
      const tags = (await models().get(background, full.modelId, []))?.info.tags;
      expect(tags?.get('n')).to.equal('40');
      expect(tags?.size).to.equal(42);
    });

    it('are scanned newest first across experiments, deleted ones too, from any position on', async () => {
      const all = Array.from({ length: 120 }, (_, i) =>
        newModel({
          experimentId: String(i % 3),
          creationTime: 1000 + (i % 17),
          stage: i % 5 === 0 ? 'deleted' : 'active',
        }),
      );
      await Promise.all(all.map((model) => models().create(background, model)));
      const wanted = all.filter(({ experimentId }) => experimentId !== '2').sort(newestFirst);
      const scan = { experimentIds: ['0', '1', '7', '\0'], metrics: [], expect: 7 };
      const found = await scannedModels(current(), scan);
      expect(found.map(({ info }) => info)).to.deep.equal(wanted);
      const after = { creationTime: 1005, modelId: 'm-8' };
      const rest = await scannedModels(current(), { ...scan, after });
      expect(ids(rest)).to.deep.equal(idsOf(wanted.filter((model) => newestFirst(model, newModel(after)) > 0)));
    });
  });

  describe('the metrics of a logged model', () => {
    const first = modelPoint('m', 0.5, {
      timestamp: 2 ** 53 - 1,
      step: 2n ** 62n,
      dataset: { name: 'd', digest: '1' },
    });
    const second = modelPoint('m', 1, { step: -3, timestamp: 5, runId: 'c'.repeat(32) });
    const third = modelPoint('m', 2, {
      step: -3,
      timestamp: 5,
      runId: 'd'.repeat(32),
      dataset: { name: 'é', digest: '' },
    });
    const other = modelPoint('m n', -0.25);

    it('are those that were added, by key, timestamp, step and run', async () => {
      await models().create(background, full);
      expect(await models().addMetrics(background, full.modelId, [other, first, third])).to.equal('added');
      expect(await models().addMetrics(background, full.modelId, [second])).to.equal('added');
      expect((await models().get(background, full.modelId, 'all'))?.metrics).to.deep.equal([
        second,
        third,
        first,
        other,
      ]);
      expect((await models().get(background, full.modelId, ['m n', 'none']))?.metrics).to.deep.equal([other]);
      expect((await models().get(background, full.modelId, []))?.metrics).to.deep.equal([]);
      const scanned = await scannedModels(current(), { experimentIds: ['0'], metrics: ['m'] });
      expect(scanned.map(({ metrics }) => metrics)).to.deep.equal([[second, third, first]]);
    });

    it('are not changed by a point that is there already', async () => {
      await models().create(background, full);
      await models().addMetrics(background, full.modelId, [first]);
      expect(await models().addMetrics(background, full.modelId, [first, second, second])).to.equal('added');
      expect((await models().get(background, full.modelId, 'all'))?.metrics).to.deep.equal([second, first]);
    });

    it('are left alone, all of them, where one says something else at the same place', async () => {
      await models().create(background, full);
      await models().addMetrics(background, full.modelId, [first]);
      for (const conflicting of [
        { ...first, value: 0.75 },
        { ...first, dataset: undefined },
        { ...first, dataset: { name: 'd', digest: '2' } },
      ]) {
        expect(await models().addMetrics(background, full.modelId, [second, conflicting])).to.equal('conflict');
      }
      expect(await models().addMetrics(background, full.modelId, [third, { ...third, value: 9 }])).to.equal('conflict');
      expect((await models().get(background, full.modelId, 'all'))?.metrics).to.deep.equal([first]);
    });

    it('belong to their model alone, and outlive its changes', async () => {
      const [a, b] = [newModel({ modelId: 'm-a' }), newModel({ modelId: 'm-aa' })];
      await models().create(background, a);
      await models().create(background, b);
      await models().addMetrics(background, 'm-a', [other]);
      await models().update(background, 'm-a', () => ({ info: { stage: 'deleted' } }));
      expect((await models().get(background, 'm-a', 'all'))?.metrics).to.deep.equal([other]);
      expect((await models().get(background, 'm-aa', 'all'))?.metrics).to.deep.equal([]);
    });

    it('are all there after a thousand at once', async () => {
      await models().create(background, full);
      const points = Array.from({ length: 1000 }, (_, step) => modelPoint('loss', step / 7, { step }));
      await models().addMetrics(background, full.modelId, points);
      expect((await models().get(background, full.modelId, 'all'))?.metrics).to.deep.equal(points);
    });
  });
}
