import { expect } from 'chai';
import { background } from '../../../backend/call-context.ts';
import { wholeRun } from '../../../backend/stores/contract/index.ts';
import type { RunPatch, Store } from '../../../backend/stores/contract/index.ts';
import { newRun, newRunId, point } from './samples.ts';

/** The promises of RunStore for single runs. */
export function describeRuns(current: () => Store): void {
  const full = newRun(
    { startTime: -5, endTime: 9007199254740993n, userId: 'Jürgen', status: 'FINISHED' },
    {
      params: new Map([
        ['a/b c', ''],
        ['lr', '0.1'],
      ]),
      tags: new Map([
        ['mlflow.note', 'x'.repeat(8000)],
        ['p', 'v'],
        ['\u{1f600}', '\u{1f600}'],
      ]),
      metrics: new Map([
        ['big', { key: 'big', value: 5e-324, timestamp: 9223372036854775807n, step: -9223372036854775808n }],
        ['nan', point('nan', NaN, 1, -1)],
        ['neg', point('neg', -Infinity)],
      ]),
    },
  );

  describe('runs', () => {
    it('come back as they were created', async () => {
      await current().runs.create(background, full);
      expect(await current().runs.get(background, full.info.runId, wholeRun)).to.deep.equal(full);
    });

    it('bring only the parts asked for', async () => {
      await current().runs.create(background, full);
      const run = await current().runs.get(background, full.info.runId, { params: ['lr', 'none'], tags: ['p'] });
      expect([...(run?.params ?? [])]).to.deep.equal([['lr', '0.1']]);
      expect([...(run?.tags ?? [])]).to.deep.equal([['p', 'v']]);
      expect(run?.metrics.size).to.equal(0);
      const bare = await current().runs.get(background, full.info.runId, {});
      expect([bare?.params.size, bare?.tags.size, bare?.metrics.size]).to.deep.equal([0, 0, 0]);
      expect(bare?.info).to.deep.equal(full.info);
    });

    it('are undefined where there is none, whatever the id looks like', async () => {
      await current().runs.create(background, full);
      for (const id of [
        '',
        '\0',
        newRunId(),
        'x'.repeat(5000),
        full.info.runId.slice(0, -1),
        `${full.info.runId}0`,
        '*',
      ]) {
        expect(await current().runs.get(background, id, wholeRun), JSON.stringify(id)).to.equal(undefined);
        expect(await current().runs.update(background, id, {}, () => ({})), JSON.stringify(id)).to.equal(undefined);
        expect(await current().runs.history(background, id, 'm', { limit: 1 })).to.deep.equal([]);
      }
    });

    it('are got by many at once, without those that are not', async () => {
      const runs = [newRun(), newRun(), newRun()];
      for (const run of runs) await current().runs.create(background, run);
      const ids = runs.map((run) => run.info.runId);
      const found = await current().runs.getMany(background, [...ids, newRunId()], wholeRun);
      expect([...found.keys()].sort()).to.deep.equal([...ids].sort());
      expect(found.get(ids[1] as string)).to.deep.equal(runs[1]);
    });

    it('change as a whole, and only what is named', async () => {
      await current().runs.create(background, full);
      const patch: RunPatch = {
        info: { status: 'FAILED', endTime: 7, runName: 'renamed' },
        setParams: new Map([['new', 'param']]),
        setTags: new Map([['p', 'changed']]),
        deleteTags: ['mlflow.note', 'not there'],
        setMetrics: new Map([['nan', point('nan', 3, 4, 5)]]),
      };
      const info = await current().runs.update(background, full.info.runId, {}, () => patch);
      expect(info).to.deep.equal({ ...full.info, ...patch.info });
      const after = await current().runs.get(background, full.info.runId, wholeRun);
      expect(after?.info).to.deep.equal(info);
      expect([...(after?.params.keys() ?? [])]).to.deep.equal(['a/b c', 'lr', 'new']);
      expect([...(after?.tags ?? [])]).to.deep.equal([
        ['p', 'changed'],
        ['\u{1f600}', '\u{1f600}'],
      ]);
      expect(after?.metrics.get('nan')).to.deep.equal(point('nan', 3, 4, 5));
      expect(after?.metrics.size).to.equal(3);
    });

    it('write nothing when the decision throws, and pass the error on', async () => {
      await current().runs.create(background, full);
      const failure = new Error('no');
      const update = current().runs.update(background, full.info.runId, {}, () => {
        throw failure;
      });
      expect(await update.catch((error: unknown) => error)).to.equal(failure);
      expect(await current().runs.get(background, full.info.runId, wholeRun)).to.deep.equal(full);
    });

    it('show a decision the parts it asked for, in the state it will change', async () => {
      const run = newRun();
      await current().runs.create(background, run);
      const seen: number[] = [];
      const add = (): Promise<unknown> =>
        current().runs.update(background, run.info.runId, { tags: ['n'] }, ({ tags, params }) => {
          expect(params.size).to.equal(0);
          const n = Number(tags.get('n') ?? 0);
          seen.push(n);
          return { setTags: new Map([['n', String(n + 1)]]), setParams: new Map([[`p${n}`, 'x']]) };
        });
      await Promise.all(Array.from({ length: 60 }, add));
      const after = await current().runs.get(background, run.info.runId, wholeRun);
      expect(after?.tags.get('n')).to.equal('60');
      expect(after?.params.size).to.equal(60);
      expect(new Set(seen).size).to.equal(60);
    });

    it('let one of many set a param that is to be set once', async () => {
      const run = newRun();
      await current().runs.create(background, run);
      const claims = Array.from({ length: 30 }, (_, i) =>
        current().runs.update(background, run.info.runId, { params: ['once'] }, ({ params }) =>
          params.has('once') ? {} : { setParams: new Map([['once', String(i)]]), setTags: new Map([[`won ${i}`, '']]) },
        ),
      );
      await Promise.all(claims);
      const after = await current().runs.get(background, run.info.runId, wholeRun);
      expect([...(after?.tags.keys() ?? [])]).to.deep.equal([`won ${after?.params.get('once')}`]);
    });

    it('keep the cells of one apart from those of another whose id or key begins alike', async () => {
      const [a, b] = [newRun({ runId: 'a'.repeat(31) }), newRun({ runId: 'a'.repeat(32) })];
      await current().runs.create(background, { ...a, params: new Map([['k', '1']]) });
      await current().runs.create(background, { ...b, params: new Map([['kk', '2']]) });
      expect([...((await current().runs.get(background, a.info.runId, wholeRun))?.params ?? [])]).to.deep.equal([
        ['k', '1'],
      ]);
      expect([...((await current().runs.get(background, b.info.runId, wholeRun))?.params ?? [])]).to.deep.equal([
        ['kk', '2'],
      ]);
    });

    it('hold a thousand params, tags and metrics of the longest keys', async () => {
      const run = newRun();
      await current().runs.create(background, run);
      const keys = Array.from({ length: 300 }, (_, i) => `${String(i).padStart(4, '0')}${'é'.repeat(246)}`);
      await current().runs.update(background, run.info.runId, {}, () => ({
        setParams: new Map(keys.map((key) => [key, 'p'.repeat(6000)])),
        setTags: new Map(keys.map((key) => [key, 't'])),
        setMetrics: new Map(keys.map((key) => [key, point(key, 1)])),
        points: keys.map((key) => point(key, 1)),
      }));
      const after = await current().runs.get(background, run.info.runId, wholeRun);
      expect([...(after?.params.keys() ?? [])]).to.deep.equal(keys);
      expect([...(after?.tags.keys() ?? [])]).to.deep.equal(keys);
      expect([...(after?.metrics.keys() ?? [])]).to.deep.equal(keys);
    });
  });
}
