import { expect } from 'chai';
import { background } from '../../../backend/call-context.ts';
import type { CallContext } from '../../../backend/call-context.ts';
import type { Experiment } from '../../../backend/entities/experiment.ts';
import { wholeRun } from '../../../backend/stores/contract/index.ts';
import type { LoggedModelInfo } from '../../../backend/entities/logged-model.ts';
import type { RunInfo } from '../../../backend/entities/run.ts';
import type { Removal, Removals, Store } from '../../../backend/stores/contract/index.ts';
import { modelPoint, newExperiment, newModel, newRun, point, scanned, scannedModels } from './samples.ts';

/** One kind of thing that can be removed, whatever it is. */
interface Sample<Info> {
  readonly of: () => Removals<Info> & {
    scan(context: CallContext, ids: readonly string[]): AsyncIterable<readonly Removal<Info>[]>;
  };
  readonly id: string;
  readonly info: Info;
  /** What a reader, a scan and a writer find of it. */
  readonly seen: () => Promise<readonly unknown[]>;
}

const all = async <T>(pages: AsyncIterable<readonly T[]>): Promise<T[]> => {
  const found: T[] = [];
  for await (const page of pages) {
    if (page.length === 0) throw new Error('a scan gave an empty page');
    found.push(...page);
  }
  return found;
};

/** The promises of RemovalStore. */
export function describeRemovals(current: () => Store): void {
  const experiment = async (name = 'doomed'): Promise<Experiment> =>
    (await current().experiments.create(background, newExperiment(name))) as Experiment;

  const aRun = async (): Promise<Sample<RunInfo>> => {
    const run = newRun({}, { params: new Map([['p', 'v']]), tags: new Map([['t', 'v']]) });
    const { runId } = run.info;
    await current().runs.create(background, run);
    await current().runs.update(background, runId, {}, () => ({ points: [point('m', 1)] }));
    const seen = async (): Promise<readonly unknown[]> => [
      await current().runs.get(background, runId, wholeRun),
      [...(await current().runs.getMany(background, [runId], wholeRun)).values()],
      await scanned(current(), { experimentIds: ['0'], parts: wholeRun }),
      await current().runs.update(background, runId, {}, () => ({})),
    ];
    return { of: () => current().removals.runs, id: runId, info: run.info, seen };
  };

  const aLoggedModel = async (): Promise<Sample<LoggedModelInfo>> => {
    const info = newModel({ tags: new Map([['t', 'v']]) });
    const { modelId } = info;
    await current().loggedModels.create(background, info);
    await current().loggedModels.addMetrics(background, modelId, [modelPoint('m', 1)]);
    const seen = async (): Promise<readonly unknown[]> => [
      await current().loggedModels.get(background, modelId, 'all'),
      [...(await current().loggedModels.getMany(background, [modelId], 'all')).values()],
      await scannedModels(current(), { experimentIds: ['0'], metrics: 'all' }),
      await current().loggedModels.update(background, modelId, () => ({})),
      await current().loggedModels.addMetrics(background, modelId, [modelPoint('m', 1)]),
    ];
    return { of: () => current().removals.loggedModels, id: modelId, info, seen };
  };

  const anExperiment = async (): Promise<Sample<Experiment>> => {
    const info = await experiment();
    const seen = async (): Promise<readonly unknown[]> => [
      await current().experiments.get(background, info.experimentId),
      await current().experiments.getByName(background, 'doomed'),
      (await all(current().experiments.scan(background))).filter(
        ({ experimentId }) => experimentId === info.experimentId,
      ),
      await current().experiments.update(background, info.experimentId, () => ({})),
    ];
    return { of: () => current().removals.experiments, id: info.experimentId, info, seen };
  };

  describeKind('a run', aRun);
  describeKind('a logged model', aLoggedModel);
  describeKind('an experiment', anExperiment);

  function describeKind<Info>(kind: string, make: () => Promise<Sample<Info>>): void {
    describe(`the removal of ${kind}`, () => {
      const nothing = (seen: readonly unknown[]): unknown[] =>
        seen.map((value) => (Array.isArray(value) ? [] : undefined));

      it('hides it from everybody at once, and shows who began what', async () => {
        const { of, id, info, seen } = await make();
        const before = await seen();
        expect(await of().begin(background, id, (found) => expect(found).to.deep.equal(info) && true)).to.deep.equal(
          info,
        );
        expect(await seen()).to.deep.equal(nothing(before));
        expect(await all(of().scan(background, ['0']))).to.deep.equal([{ info, step: 'begun' }]);
        expect(await of().begin(background, id, () => true), 'a second time').to.equal(undefined);
      });

      it('leaves what is not wanted, and puts back what was begun, as it was', async () => {
        const { of, id, info, seen } = await make();
        const before = await seen();
        expect(await of().begin(background, id, () => false)).to.equal(undefined);
        expect(await seen()).to.deep.equal(before);
        expect(await of().undo(background, info)).to.equal(false);
        await of().begin(background, id, () => true);
        expect(await of().undo(background, info)).to.equal(true);
        expect(await seen()).to.deep.equal(before);
        expect(await all(of().scan(background, ['0']))).to.deep.equal([]);
      });

      it('cannot be undone once it is decided, nor finished before', async () => {
        const { of, id, info, seen } = await make();
        const before = await seen();
        expect(await of().decide(background, info)).to.equal(false);
        await of().begin(background, id, () => true);
        await of().finish(background, info);
        expect(await all(of().scan(background, ['0']))).to.deep.equal([{ info, step: 'begun' }]);
        expect(await of().decide(background, info)).to.equal(true);
        expect(await of().decide(background, info), 'a second time').to.equal(true);
        expect(await of().undo(background, info)).to.equal(false);
        expect(await all(of().scan(background, ['0']))).to.deep.equal([{ info, step: 'decided' }]);
        expect(await seen()).to.deep.equal(nothing(before));
      });

      it('ends with nothing left, and may be finished again', async () => {
        const { of, id, info, seen } = await make();
        const before = await seen();
        await of().begin(background, id, () => true);
        await of().decide(background, info);
        await of().finish(background, info);
        await of().finish(background, info);
        expect(await seen()).to.deep.equal(nothing(before));
        expect(await all(of().scan(background, ['0']))).to.deep.equal([]);
        expect([
          await of().begin(background, id, () => true),
          await of().decide(background, info),
          await of().undo(background, info),
        ]).to.deep.equal([undefined, false, false]);
      });

      it('is begun by one of many', async () => {
        const { of, id } = await make();
        const begun = await Promise.all(Array.from({ length: 12 }, () => of().begin(background, id, () => true)));
        expect(begun.filter((info) => info !== undefined)).to.have.length(1);
      });
    });
  }

  describe('removals', () => {
    it('are refused by a run that was restored before, and hide it from a restoration after', async () => {
      const stages = await Promise.all(
        Array.from({ length: 20 }, async () => {
          const run = newRun({ lifecycle: { stage: 'deleted', epoch: 0, changedAt: 5 } });
          const { runId } = run.info;
          await current().runs.create(background, run);
          const [begun, restored] = await Promise.all([
            current().removals.runs.begin(background, runId, ({ lifecycle }) => lifecycle.stage === 'deleted'),
            current().runs.update(background, runId, {}, () => ({
              info: { lifecycle: { stage: 'active', epoch: 0, changedAt: 6 } },
            })),
          ]);
          return [begun, restored].filter((answer) => answer !== undefined).length;
        }),
      );
      expect(new Set(stages), 'one of both').to.deep.equal(new Set([1]));
    });

    it('of a run and a model leave the others of their experiment, and their histories', async () => {
      const [gone, kept] = [newRun({ runId: 'a'.repeat(31) }), newRun({ runId: 'a'.repeat(32) })];
      const [goneModel, keptModel] = [newModel(), newModel()];
      for (const run of [gone, kept]) {
        await current().runs.create(background, { ...run, params: new Map([['p', 'v']]) });
        await current().runs.update(background, run.info.runId, {}, () => ({ points: [point('m', 1)] }));
      }
      for (const model of [goneModel, keptModel]) {
        await current().loggedModels.create(background, model);
        await current().loggedModels.addMetrics(background, model.modelId, [modelPoint('m', 1)]);
      }
      await removed(current().removals.runs, gone.info.runId);
      await removed(current().removals.loggedModels, goneModel.modelId);
      const runs = await scanned(current(), { experimentIds: ['0'], parts: wholeRun });
      expect(runs).to.deep.equal([{ ...kept, params: new Map([['p', 'v']]) }]);
      expect(await current().runs.history(background, kept.info.runId, 'm', { limit: 9 })).to.deep.equal([
        point('m', 1),
      ]);
      expect(await current().runs.history(background, gone.info.runId, 'm', { limit: 9 })).to.deep.equal([]);
      expect(await scannedModels(current(), { experimentIds: ['0'], metrics: 'all' })).to.deep.equal([
        { info: keptModel, metrics: [modelPoint('m', 1)] },
      ]);
    });

    it('of an experiment take its datasets, free its name at the end alone, and never its id', async () => {
      const [doomed, other] = [await experiment(), await experiment('other')];
      const dataset = { name: 'd', digest: '1', sourceType: 'local', source: 's' };
      for (const { experimentId } of [doomed, other])
        await current().datasets.register(background, experimentId, dataset, 'train');
      await current().removals.experiments.begin(background, doomed.experimentId, () => true);
      expect(await current().experiments.create(background, newExperiment('doomed'))).to.equal('name taken');
      await current().removals.experiments.decide(background, doomed);
      await current().removals.experiments.finish(background, doomed);
      const ids = [doomed.experimentId, other.experimentId];
      const uses = await all(current().datasets.scan(background, ids));
      expect(uses.map(({ experimentId }) => experimentId)).to.deep.equal([other.experimentId]);
      const keys = ids.map((experimentId) => ({ experimentId, name: 'd', digest: '1' }));
      expect(await current().datasets.getMany(background, keys)).to.deep.equal([undefined, dataset]);
      const again = await experiment();
      expect(ids).to.not.include(again.experimentId);
      expect((await current().experiments.getByName(background, 'doomed'))?.experimentId).to.equal(again.experimentId);
    });

    it('are found in the experiments asked for', async () => {
      const [a, b] = [newRun({ experimentId: '1' }), newRun({ experimentId: '11' })];
      for (const run of [a, b]) {
        await current().runs.create(background, run);
        await current().removals.runs.begin(background, run.info.runId, () => true);
      }
      const found = async (...ids: string[]): Promise<string[]> =>
        (await all(current().removals.runs.scan(background, ids))).map(({ info }) => info.runId);
      expect(await found('1')).to.deep.equal([a.info.runId]);
      expect(await found('1', '11', '1')).to.have.members([a.info.runId, b.info.runId]);
      expect(await found('2', '')).to.deep.equal([]);
    });
  });

  async function removed<Info>(of: Removals<Info>, id: string): Promise<void> {
    const info = await of.begin(background, id, () => true);
    if (info === undefined) throw new Error('it was not there');
    await of.decide(background, info);
    await of.finish(background, info);
  }
}
