import { Readable } from 'node:stream';
import { expect } from 'chai';
import { parseArtifactPath } from '../../../../backend/artifacts/path.ts';
import { background } from '../../../../backend/call-context.ts';
import { versionNumbers } from '../../../../backend/entities/registered-model.ts';
import { importFrom } from '../../../../backend/services/import/import.ts';
import { wholeRun } from '../../../../backend/stores/contract/index.ts';
import { point } from '../../../contract/store/samples.ts';
import { Killed } from '../killing.ts';
import { seededSource } from './fake-source.ts';
import type { FakeSource } from './fake-source.ts';
import { engines, openTarget } from './target.ts';
import type { Target } from './target.ts';

/** The same thing, of which some methods are others. */
const replacing = <T extends object>(target: T, methods: Partial<T>): T =>
  new Proxy(target, {
    get(object, property) {
      const value: unknown = Reflect.get(property in methods ? methods : object, property);
      return typeof value === 'function' ? (value.bind(object) as unknown) : value;
    },
  });

for (const [name, open] of Object.entries(engines)) {
  describe(`an import on ${name}`, () => {
    let source: FakeSource;
    let target: Target;
    const run = (digit: string): string => digit.repeat(32);

    beforeEach(async () => {
      source = seededSource();
      target = await openTarget(open);
    });
    afterEach(() => target.remove());

    /** Killed behind the last file of the run whose files are b's, before that is complete. */
    async function killedInRun(): Promise<void> {
      let files = 0;
      const { files: listed } = source;
      source.files = async function* (folder) {
        for await (const file of listed.call(source, folder)) {
          yield file;
          if (folder.includes(run('b'))) files++;
        }
      };
      const killed = await target.importFrom(source, () => files >= 2).catch((error: unknown) => error);
      expect(killed).to.be.instanceOf(Killed);
      source.files = listed.bind(source);
    }

    it('brings all that the source tells, under its ids and with its times', async () => {
      const { problems, notices, progress } = await target.importFrom(source);
      expect([problems, notices]).to.deep.equal([[], []]);
      expect(progress).to.include({ experiments: 3, runs: 4, runsInAll: 4, points: 20, loggedModels: 1, files: 4 });
      expect(progress).to.include({ registeredModels: 2, versions: 3, complete: 0, bytes: 23 });
      const { store, services } = target;
      for (const { experimentId, stage, name: called, tags, creationTime } of source.experimentsThere.values()) {
        const found = await store.experiments.get(background, experimentId);
        expect([found?.name, found?.lifecycle.stage, found?.tags]).to.deep.equal([called, stage, tags]);
        if (experimentId !== '0') expect(found?.creationTime).to.equal(creationTime);
      }
      for (const { run: sent, stage } of source.runsThere.values()) {
        const { runId, experimentId } = sent.info;
        const found = await store.runs.get(background, runId, wholeRun);
        const artifactUri = `mlflow-artifacts:/${experimentId}/${runId}/artifacts`;
        expect(found).to.deep.equal({ ...sent, info: { ...sent.info, artifactUri, lifecycle: found?.info.lifecycle } });
        expect((await services.runs.get(background, runId)).stage).to.equal(stage);
        const points = await store.runs.history(background, runId, 'loss', { limit: 99 });
        expect(points).to.deep.equal(source.histories.get(`${runId} loss`));
      }
      const { model, versions } = (await store.registeredModels.get(background, 'm', versionNumbers)) ?? {};
      expect(model).to.include({ description: 'd', creationTime: 300, lastUpdatedTime: 400 });
      expect(model?.stages).to.deep.equal(['Production', undefined, 'None']);
      expect([...(model?.aliases ?? [])]).to.deep.equal([['champion', 3]]);
      const files = `mlflow-artifacts:/1/${run('b')}/artifacts/model`;
      expect(versions?.get(1)).to.include({ creationTime: 311, source: files, storageLocation: files });
      expect((await target.snapshot()) as object)
        .to.have.property('files')
        .that.deep.equals({
          [`0/${run('a')}/artifacts/metrics.json`]: '{}',
          [`1/${run('b')}/artifacts/model/a b.txt`]: 'content é',
          [`1/${run('b')}/artifacts/__init__.py`]: '',
          [`1/models/m-${run('f')}/artifacts/MLmodel`]: 'flavors: {}',
        });
    });

    it("writes nothing the first time where an id or a name is another's", async () => {
      const { experiments, registeredModels } = target.services;
      await experiments.create(background, { name: 'mine', tags: [] });
      await experiments.create(background, { name: 'alpha é', tags: [] });
      await registeredModels.create(background, { name: 'm', description: '', tags: [] });
      const before = await target.snapshot();
      const refusal: unknown = await target.importNothing(source).catch((error: unknown) => error);
      expect(refusal).to.have.property('name', 'ImportRefused');
      expect((refusal as Error).message.split('\n')).to.deep.equal([
        'nothing was imported.',
        "experiment 1: its name 'alpha é' is that of experiment 2 here",
        "experiment 2 ('deleted'): here that is 'alpha é', which was not imported",
        "registered model 'm': here that is another, which was not imported",
      ]);
      expect(await target.snapshot()).to.deep.equal(before);
    });

    it('takes no run and no logged model of others for its own', async () => {
      const { runs, loggedModels } = target.store;
      const { run: sent } = await source.run(run('a'));
      await runs.create(background, { ...sent, tags: new Map() });
      const [model] = [...source.modelsThere.values()];
      if (model) await loggedModels.create(background, { ...model.info, name: 'ours' });
      for (let i = 0; i < 2; i++) {
        expect((await target.importFrom(source)).problems).to.have.members([
          `run ${run('a')} is here, and was not imported`,
          `logged model m-${run('f')} is here, and was not imported`,
        ]);
      }
      expect((await runs.get(background, run('a'), wholeRun))?.tags.size).to.equal(0);
    });

    it('takes an empty file that was copied for the same, and tells one that is another', async () => {
      await killedInRun();
      const changed = `1/${run('b')}/artifacts/model/a b.txt`;
      await target.artifacts.write(background, parseArtifactPath(changed), Readable.from([Buffer.from('CONTENT é')]));
      const { problems } = await target.importFrom(source);
      expect(problems).to.have.length(1);
      expect(problems[0]).to.match(
        new RegExp(`^file ${changed} was not copied: here its SHA-256 is .*, and at the source`),
      );
      const { size } = (await target.artifacts.stat(background, parseArtifactPath(changed))) ?? {};
      expect(size).to.equal(10);
      await target.artifacts.write(
        background,
        parseArtifactPath(changed),
        Readable.from([Buffer.from('longer than that')]),
      );
      expect((await target.importFrom(source)).problems).to.deep.equal([
        `file ${changed} was not copied: something else of this name is there`,
      ]);
      await target.artifacts.remove(background, parseArtifactPath(changed));
      expect((await target.importFrom(source)).problems).to.deep.equal([]);
      expect((await target.importNothing(source)).problems).to.deep.equal([]);
    });

    it('goes on with no run that went on at the source since it was begun, and brings it anew once it is removed', async () => {
      await killedInRun();
      source.changeRun(run('b'), ({ run: old, ...rest }) => ({
        ...rest,
        run: { ...old, tags: new Map([['t', 'new']]) },
      }));
      const { problems } = await target.importFrom(source);
      expect(problems).to.deep.equal([
        `run ${run('b')} differs from the source since it was imported: it stays as it is`,
      ]);
      expect((await target.importNothing(source)).problems).to.deep.equal(problems);
      const { removals, runs } = target.store;
      const info = await removals.runs.begin(background, run('b'), () => true);
      if (info === undefined) throw new Error('it is not there');
      await removals.runs.decide(background, info);
      await removals.runs.finish(background, info);
      expect((await target.importFrom(source)).problems).to.deep.equal([]);
      expect([...((await runs.get(background, run('b'), wholeRun))?.tags ?? [])]).to.deep.equal([['t', 'new']]);
    });

    it('records nothing as complete that is not here as it was sent', async () => {
      const { store, artifacts } = target;
      /** Loses a run's tags, a point of its history (or has one more), a model's metrics and a file's last byte. */
      const losing = {
        store: {
          ...store,
          runs: replacing(store.runs, {
            create: (context, sent) => store.runs.create(context, { ...sent, tags: new Map() }),
            update: (context, id, parts, decide) =>
              store.runs.update(context, id, parts, (current) => {
                const { points = [], ...patch } = decide(current);
                return { ...patch, points: id === run('a') ? [...points, point('loss', 7, 7, 7)] : points.slice(1) };
              }),
          }),
          loggedModels: replacing(store.loggedModels, { addMetrics: async () => 'added' }),
        },
        artifacts: replacing(artifacts, {
          write: async (context, path, stream) => {
            const whole = Buffer.concat((await stream.toArray()) as Buffer[]);
            await artifacts.write(context, path, Readable.from([whole.subarray(0, -1)]));
          },
        }),
      };
      const { problems, progress } = await importFrom(background, source, losing, { now: 1000 });
      expect(progress).to.include({ runs: 0, experiments: 3, loggedModels: 0, files: 1 });
      const told = problems
        .filter((line) => line.includes(run('b')))
        .map((line) => line.replace(/ is .*, and/, ' ... and'));
      expect(told[0]).to.equal(`run ${run('b')} differs from the source: tags`);
      expect(told[1]).to.equal(`run ${run('b')}: the history of 'loss' has 4 points, and at the source 5, or others`);
      expect(problems).to.include(
        `run ${run('a')}: the history of 'loss' has 6 points, and at the source 5, or others`,
      );
      expect(told[2]).to.contain('was not copied: here its SHA-256 ... and at the source');
      expect(problems).to.include(`logged model m-${run('f')} differs from the source`);
      for (let i = 0; i < 2; i++) {
        expect((await target.importFrom(source)).problems).to.include.members([
          `run ${run('b')} differs from the source since it was imported: it stays as it is`,
          `logged model m-${run('f')} differs from the source since it was imported: it stays as it is`,
        ]);
        expect((await store.imports.get(background, ['run', run('b')]))?.step).to.equal('begun');
      }
    });
  });
}
