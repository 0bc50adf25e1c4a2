import { expect } from 'chai';
import { parseArtifactPath } from '../../../../backend/artifacts/path.ts';
import { background } from '../../../../backend/call-context.ts';
import { versionNumbers } from '../../../../backend/entities/registered-model.ts';
import { collectGarbage } from '../../../../backend/services/gc/collect.ts';
import { point } from '../../../contract/store/samples.ts';
import { FakeSource, seededSource, sourceVersion } from './fake-source.ts';
import { engines, openTarget } from './target.ts';
import type { Target } from './target.ts';

for (const [name, open] of Object.entries(engines)) {
  describe(`an import that is repeated, on ${name}`, () => {
    let source: FakeSource;
    let target: Target;
    const run = (digit: string): string => digit.repeat(32);
    const version = (number: number): { name: string; version: string } => ({ name: 'm', version: String(number) });
    const addVersion = () =>
      target.services.modelVersions.create(background, {
        ...{ name: 'm', source: 's3://b/here', runId: '', runLink: '', description: '', tags: [] },
      });
    const gc = () => collectGarbage(background, target, { cutoff: Date.now() + 1000, apply: true }, () => undefined);

    beforeEach(async () => {
      source = seededSource();
      target = await openTarget(open);
      expect((await target.importFrom(source)).problems).to.deep.equal([]);
    });
    afterEach(() => target.remove());

    it('changes nothing, asks for no file, and counts all as complete', async () => {
      const before = await target.snapshot();
      source.opened = 0;
      const { problems, notices, progress } = await target.importNothing(source);
      expect([problems, notices, source.opened]).to.deep.equal([[], [], 0]);
      expect(progress).to.include({ experiments: 3, runs: 4, runsInAll: 4, loggedModels: 1, registeredModels: 2 });
      expect(progress).to.include({ versions: 3, complete: 13, points: 0, files: 0, bytes: 0 });
      expect(await target.snapshot()).to.deep.equal(before);
    });

    it('leaves what was changed, renamed, deleted and removed here as it is', async () => {
      const { experiments, runs, registeredModels, modelVersions, search, loggedModels, artifacts } = target.services;
      await modelVersions.delete(background, version(1));
      await modelVersions.transition(background, version(3), 'Archived', false);
      await registeredModels.deleteAlias(background, 'm', 'champion');
      await addVersion();
      await registeredModels.setAlias(background, 'm', 'champion', '4');
      await registeredModels.rename(background, 'greeting', 'salutation');
      await experiments.rename(background, '0', 'ours');
      await experiments.rename(background, '1', 'renamed');
      await experiments.setTag(background, '1', { key: 'a', value: 'changed' });
      await runs.setTag(background, run('b'), { key: 'note/é', value: 'changed' });
      await runs.logMetric(background, run('b'), point('loss', 9, 99, 99));
      await artifacts.saveOfRun(background, run('b'), 'model/a b.txt', Buffer.from('changed'));
      await target.artifacts.remove(background, parseArtifactPath(`1/${run('b')}/artifacts/__init__.py`));
      await runs.delete(background, run('a'));
      await runs.restore(background, run('c'));
      await loggedModels.delete(background, `m-${run('f')}`);
      await gc();
      expect(await target.store.experiments.get(background, '2')).to.equal(undefined);
      const before = await target.snapshot();

      expect((await target.importNothing(source)).problems).to.deep.equal([]);
      expect(await target.snapshot()).to.deep.equal(before);
      const found = await search.searchModelVersions(background, {
        ...{ filter: "name = 'm'", maxResults: 10, orderBy: ['version_number ASC'] },
      });
      expect(found.items.map(({ version: { version: number } }) => number)).to.deep.equal([3, 4]);
    });

    it('brings what is new at the source', async () => {
      source.addExperiment('4', 'new');
      source.addRun('4', '4', { 'new.txt': 'new' });
      source.addRun('1', '5', { 'new.txt': 'new' });
      source.addLoggedModel('1', '6');
      source.changeRegistered('m', ({ versions }) => ({
        versions: [...versions, sourceVersion(6, { stage: 'Staging' })],
        aliases: new Map([
          ['champion', 3],
          ['new', 6],
        ]),
      }));
      source.addRegistered('another', [sourceVersion(1)]);
      const { problems, progress } = await target.importFrom(source);
      expect([problems, progress.complete, progress.files]).to.deep.equal([[], 13, 3]);
      const { model } = (await target.store.registeredModels.get(background, 'm', versionNumbers)) ?? {};
      expect(model?.stages).to.deep.equal(['Production', undefined, 'None', undefined, undefined, 'Staging']);
      expect([...(model?.aliases ?? [])]).to.deep.equal([
        ['champion', 3],
        ['new', 6],
      ]);
      // As an import into an empty Kirka brings it.
      const other = await openTarget(open);
      await other.importFrom(source);
      expect(await target.snapshot()).to.deep.equal(await other.snapshot());
      await other.remove();
      expect((await target.importNothing(source)).problems).to.deep.equal([]);
    });

    it('tells each time what is taken here, and brings the rest', async () => {
      const { experiments, registeredModels } = target.services;
      expect(await experiments.create(background, { name: 'ours', tags: [] })).to.equal('3');
      await addVersion();
      await registeredModels.create(background, { name: 'another', description: '', tags: [] });
      source.addExperiment('3', 'theirs');
      source.addRun('3', '4');
      source.addExperiment('4', 'ours');
      source.addExperiment('5', 'free');
      source.addRun('5', '5');
      source.changeRegistered('m', ({ versions }) => ({
        versions: [...versions, sourceVersion(4), sourceVersion(5)],
        lastUpdatedTime: 500,
      }));
      source.addRegistered('another', [sourceVersion(1)]);
      const expected = [
        "experiment 3 ('theirs'): here that is 'ours', which was not imported",
        "experiment 4: its name 'ours' is that of experiment 3 here",
        'experiment 3 was not imported: 1 runs and 0 logged models of it were not imported',
        "registered model 'another': here that is another, which was not imported",
        "registered model 'another' was not imported: 1 versions of it were not imported",
        "version 4 of 'm': here its number is taken",
      ];
      expect((await target.importFrom(source)).problems).to.have.members(expected);
      const after = await target.snapshot();
      expect((await target.importNothing(source)).problems).to.have.members(expected);
      expect(await target.snapshot()).to.deep.equal(after);
      expect((await target.store.runs.get(background, run('5'), {}))?.info.experimentId).to.equal('5');
      expect(await target.store.runs.get(background, run('4'), {})).to.equal(undefined);
      const found = await target.store.registeredModels.get(background, 'm', versionNumbers);
      expect([...(found?.versions ?? [])].map(([number, { source: from }]) => [number, from]).slice(2)).to.deep.equal([
        [4, 's3://b/here'],
        [5, 's3://b/m'],
      ]);
      expect(found?.model.lastUpdatedTime).to.be.greaterThan(500);
    });

    it('tells each time what has changed at the source, and leaves it', async () => {
      source.addExperiment('1', 'alpha é', { tags: new Map([['a', 'changed']]) });
      source.changeRun(run('b'), ({ run: old, ...rest }) => ({ ...rest, run: { ...old, tags: new Map() } }));
      source.changeRegistered('m', ({ versions }) => ({
        description: 'changed',
        versions: versions.map((one) => (one.version === 1 ? { ...one, stage: 'Archived' } : one)),
        aliases: new Map(),
      }));
      source.changeRegistered('greeting', () => ({ versions: [] }));
      const [[modelId, model]] = [...source.modelsThere] as [[string, never]];
      source.modelsThere.set(modelId, { ...(model as object), metrics: [] } as never);
      const before = await target.snapshot();
      for (let i = 0; i < 2; i++) {
        const { problems } = await target.importNothing(source);
        const changed = 'differs from the source since it was imported: it stays as it is';
        expect(problems).to.have.members([
          `experiment 1 ${changed}`,
          `run ${run('b')} ${changed}`,
          `logged model ${modelId} ${changed}`,
          `registered model 'm' ${changed}`,
          `version 1 of 'm' ${changed}`,
          `version 3 of 'm' ${changed}`,
        ]);
      }
      expect(await target.snapshot()).to.deep.equal(before);
    });

    it('brings nothing into what is deleted, removed or renamed here, and tells what it left out', async () => {
      const { experiments, registeredModels } = target.services;
      await gc();
      await experiments.delete(background, '1');
      await registeredModels.rename(background, 'm', 'renamed');
      await registeredModels.create(background, { name: 'm', description: 'another', tags: [] });
      await registeredModels.delete(background, 'greeting');
      const before = await target.snapshot();
      expect((await target.importNothing(source)).problems).to.deep.equal([]);
      source.addRun('1', '4');
      source.addLoggedModel('1', '5');
      source.addRun('2', '6');
      for (const of of ['m', 'greeting']) {
        source.changeRegistered(of, ({ versions }) => ({ versions: [...versions, sourceVersion(4)] }));
      }
      expect((await target.importNothing(source)).problems).to.have.members([
        'experiment 1 is deleted here: 1 runs and 1 logged models of it were not imported',
        'experiment 2 was removed here: 1 runs and 0 logged models of it were not imported',
        "registered model 'm' was renamed or deleted here: 1 versions of it were not imported",
        "registered model 'greeting' was renamed or deleted here: 1 versions of it were not imported",
      ]);
      expect(await target.snapshot()).to.deep.equal(before);
      await experiments.restore(background, '1');
      expect((await target.importFrom(source)).problems).to.have.length(3);
      expect((await target.store.runs.get(background, run('4'), {}))?.info.experimentId).to.equal('1');
    });

    it('takes what another server has beside, and experiment 0 keeps what it was given', async () => {
      await target.services.experiments.rename(background, '0', 'ours');
      const other = new FakeSource();
      other.addExperiment('0', 'theirs', { creationTime: 7, tags: new Map([['team', 'beer'], ['new', 'tag']]) }); // prettier-ignore
      other.addRun('0', '7');
      const { problems, notices } = await target.importFrom(other);
      expect(problems).to.deep.equal([]);
      expect(notices).to.deep.equal(['experiment 0 keeps the name and the tags that it was given here']);
      const { name: called, tags } = (await target.store.experiments.get(background, '0')) ?? {};
      expect([called, [...(tags ?? [])]]).to.deep.equal([
        'ours',
        [
          ['new', 'tag'],
          ['team', 'wine'],
        ],
      ]);
      expect(await target.store.runs.get(background, run('7'), {})).to.not.equal(undefined);
      expect((await target.importNothing(source)).problems).to.deep.equal([]);
    });
  });
}
