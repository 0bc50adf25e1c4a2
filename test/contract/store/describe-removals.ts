import { expect } from 'chai';
import type { Experiment } from '../../../backend/entities/experiment.ts';
import { wholeRun } from '../../../backend/stores/contract/index.ts';
import type { LoggedModelInfo } from '../../../backend/entities/logged-model.ts';
import type { RunInfo } from '../../../backend/entities/run.ts';
import type { Removal, Removals, Store } from '../../../backend/stores/contract/index.ts';
import { modelPoint, newExperiment, newModel, newRun, point, scanned, scannedModels } from './samples.ts';

/** One kind of thing that can be removed, whatever it is. */
interface Sample<Info> {
  readonly of: () => Removals<Info> & { scan(ids: readonly string[]): AsyncIterable<readonly Removal<Info>[]> };
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
    (await current().experiments.create(newExperiment(name))) as Experiment;

  const aRun = async (): Promise<Sample<RunInfo>> => {
    const run = newRun({}, { params: new Map([['p', 'v']]), tags: new Map([['t', 'v']]) });
    const { runId } = run.info;
    await current().runs.create(run);
    await current().runs.update(runId, {}, () => ({ points: [point('m', 1)] }));
    const seen = async (): Promise<readonly unknown[]> => [
      await current().runs.get(runId, wholeRun),
      [...(await current().runs.getMany([runId], wholeRun)).values()],
      await scanned(current(), { experimentIds: ['0'], parts: wholeRun }),
      await current().runs.update(runId, {}, () => ({})),
    ];
    return { of: () => current().removals.runs, id: runId, info: run.info, seen };
  };

  const aLoggedModel = async (): Promise<Sample<LoggedModelInfo>> => {
    const info = newModel({ tags: new Map([['t', 'v']]) });
    const { modelId } = info;
    await current().loggedModels.create(info);
    await current().loggedModels.addMetrics(modelId, [modelPoint('m', 1)]);
    const seen = async (): Promise<readonly unknown[]> => [
      await current().loggedModels.get(modelId, 'all'),
      [...(await current().loggedModels.getMany([modelId], 'all')).values()],
      await scannedModels(current(), { experimentIds: ['0'], metrics: 'all' }),
      await current().loggedModels.update(modelId, () => ({})),
      await current().loggedModels.addMetrics(modelId, [modelPoint('m', 1)]),
    ];
    return { of: () => current().removals.loggedModels, id: modelId, info, seen };
  };

  const anExperiment = async (): Promise<Sample<Experiment>> => {
    const info = await experiment();
    const seen = async (): Promise<readonly unknown[]> => [
      await current().experiments.get(info.experimentId),
      await current().experiments.getByName('doomed'),
      (await all(current().experiments.scan())).filter(({ experimentId }) => experimentId === info.experimentId),
      await current().experiments.update(info.experimentId, () => ({})),
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
        expect(await of().begin(id, (found) => expect(found).to.deep.equal(info) && true)).to.deep.equal(info);
        expect(await seen()).to.deep.equal(nothing(before));
        expect(await all(of().scan(['0']))).to.deep.equal([{ info, step: 'begun' }]);
        expect(await of().begin(id, () => true), 'a second time').to.equal(undefined);
      });

      it('leaves what is not wanted, and puts back what was begun, as it was', async () => {
        const { of, id, info, seen } = await make();
        const before = await seen();
        expect(await of().begin(id, () => false)).to.equal(undefined);
        expect(await seen()).to.deep.equal(before);
        expect(await of().undo(info)).to.equal(false);
        await of().begin(id, () => true);
        expect(await of().undo(info)).to.equal(true);
        expect(await seen()).to.deep.equal(before);
        expect(await all(of().scan(['0']))).to.deep.equal([]);
      });

      it('cannot be undone once it is decided, nor finished before', async () => {
        const { of, id, info, seen } = await make();
        const before = await seen();
        expect(await of().decide(info)).to.equal(false);
        await of().begin(id, () => true);
        await of().finish(info);
        expect(await all(of().scan(['0']))).to.deep.equal([{ info, step: 'begun' }]);
        expect(await of().decide(info)).to.equal(true);
        expect(await of().decide(info), 'a second time').to.equal(true);
        expect(await of().undo(info)).to.equal(false);
        expect(await all(of().scan(['0']))).to.deep.equal([{ info, step: 'decided' }]);
        expect(await seen()).to.deep.equal(nothing(before));
      });

      it('ends with nothing left, and may be finished again', async () => {
        const { of, id, info, seen } = await make();
        const before = await seen();
        await of().begin(id, () => true);
        await of().decide(info);
        await of().finish(info);
        await of().finish(info);
        expect(await seen()).to.deep.equal(nothing(before));
        expect(await all(of().scan(['0']))).to.deep.equal([]);
        expect([await of().begin(id, () => true), await of().decide(info), await of().undo(info)]).to.deep.equal([
          undefined,
          false,
          false,
        ]);
      });

      it('is begun by one of many', async () => {
        const { of, id } = await make();
        const begun = await Promise.all(Array.from({ length: 12 }, () => of().begin(id, () => true)));
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
          await current().runs.create(run);
          const [begun, restored] = await Promise.all([
            current().removals.runs.begin(runId, ({ lifecycle }) => lifecycle.stage === 'deleted'),
            current().runs.update(runId, {}, () => ({
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
        await current().runs.create({ ...run, params: new Map([['p', 'v']]) });
        await current().runs.update(run.info.runId, {}, () => ({ points: [point('m', 1)] }));
      }
      for (const model of [goneModel, keptModel]) {
        await current().loggedModels.create(model);
        await current().loggedModels.addMetrics(model.modelId, [modelPoint('m', 1)]);
      }
      await removed(current().removals.runs, gone.info.runId);
      await removed(current().removals.loggedModels, goneModel.modelId);
      const runs = await scanned(current(), { experimentIds: ['0'], parts: wholeRun });
      expect(runs).to.deep.equal([{ ...kept, params: new Map([['p', 'v']]) }]);
      expect(await current().runs.history(kept.info.runId, 'm', { limit: 9 })).to.deep.equal([point('m', 1)]);
      expect(await current().runs.history(gone.info.runId, 'm', { limit: 9 })).to.deep.equal([]);
      expect(await scannedModels(current(), { experimentIds: ['0'], metrics: 'all' })).to.deep.equal([
        { info: keptModel, metrics: [modelPoint('m', 1)] },
      ]);
    });

    it('of an experiment take its datasets, free its name at the end alone, and never its id', async () => {
      const [doomed, other] = [await experiment(), await experiment('other')];
      const dataset = { name: 'd', digest: '1', sourceType: 'local', source: 's' };
      for (const { experimentId } of [doomed, other]) await current().datasets.register(experimentId, dataset, 'train');
      await current().removals.experiments.begin(doomed.experimentId, () => true);
      expect(await current().experiments.create(newExperiment('doomed'))).to.equal('name taken');
      await current().removals.experiments.decide(doomed);
      await current().removals.experiments.finish(doomed);
      const ids = [doomed.experimentId, other.experimentId];
      const uses = await all(current().datasets.scan(ids));
      expect(uses.map(({ experimentId }) => experimentId)).to.deep.equal([other.experimentId]);
      const keys = ids.map((experimentId) => ({ experimentId, name: 'd', digest: '1' }));
      expect(await current().datasets.getMany(keys)).to.deep.equal([undefined, dataset]);
      const again = await experiment();
      expect(ids).to.not.include(again.experimentId);
      expect((await current().experiments.getByName('doomed'))?.experimentId).to.equal(again.experimentId);
    });

    it('are found in the experiments asked for', async () => {
      const [a, b] = [newRun({ experimentId: '1' }), newRun({ experimentId: '11' })];
      for (const run of [a, b]) {
        await current().runs.create(run);
        await current().removals.runs.begin(run.info.runId, () => true);
      }
      const found = async (...ids: string[]): Promise<string[]> =>
        (await all(current().removals.runs.scan(ids))).map(({ info }) => info.runId);
      expect(await found('1')).to.deep.equal([a.info.runId]);
      expect(await found('1', '11', '1')).to.have.members([a.info.runId, b.info.runId]);
      expect(await found('2', '')).to.deep.equal([]);
    });
  });

  async function removed<Info>(of: Removals<Info>, id: string): Promise<void> {
    const info = await of.begin(id, () => true);
    if (info === undefined) throw new Error('it was not there');
    await of.decide(info);
    await of.finish(info);
  }
}
