import { expect } from 'chai';
import { background } from '../../../backend/call-context.ts';
import type { ModelVersion, RegisteredModel } from '../../../backend/entities/registered-model.ts';
import { stageOf, versionNumbers } from '../../../backend/entities/registered-model.ts';
import { noVersions } from '../../../backend/stores/contract/index.ts';
import type { ModelWithVersions, RegisteredModelPatch, Store } from '../../../backend/stores/contract/index.ts';
import { newRegisteredModel, newModelVersion, scannedRegisteredModels } from './samples.ts';

/** The promises of RegisteredModelStore. */
export function describeRegisteredModels(current: () => Store): void {
  const models = (): Store['registeredModels'] => current().registeredModels;
  const create = async (name: string): Promise<RegisteredModel> => {
    const created = await models().create(background, newRegisteredModel(name));
    if (created === 'name taken') throw new Error(`${name} is taken`);
    return created;
  };
  const update = async (name: string, patch: RegisteredModelPatch): Promise<ModelWithVersions> => {
    const updated = await models().update(background, name, () => patch);
    if (updated === undefined || updated === 'name taken') throw new Error(String(updated));
    return updated;
  };
  const addVersion = async (name: string, changes: Partial<ModelVersion> = {}): Promise<ModelVersion> => {
    const { versions } = await update(name, { addVersion: newModelVersion(changes) });
    return [...versions.values()][0] as ModelVersion;
  };

  describe('registered models', () => {
    it('are found by name, whole', async () => {
      const tags = new Map([
        ['team', 'Ökonomie'],
        ['empty', ''],
      ]);
      const created = await models().create(background, {
        ...newRegisteredModel('größe 模型 🚀'),
        description: 'd',
        tags,
      });
      expect(created).to.include({ name: 'größe 模型 🚀', description: 'd', hadPromptVersion: false });
      expect(created).to.include({ creationTime: 5, lastUpdatedTime: 5, renamedTime: 0 });
      expect([...(created as RegisteredModel).tags.keys()]).to.deep.equal(['empty', 'team']);
      expect(await models().get(background, 'größe 模型 🚀', versionNumbers)).to.deep.equal({
        model: created,
        versions: new Map(),
      });
      expect(await models().get(background, 'größe', versionNumbers)).to.equal(undefined);
    });

    it('take names of 256 code points, and are undefined under longer ones', async () => {
      const names = ['x'.repeat(256), '😀'.repeat(256), '\0', ' ', 'a\u0301', '\u00e1'];
      for (const name of names) await create(name);
      for (const name of names) expect((await models().get(background, name, noVersions))?.model.name).to.equal(name);
      for (const name of ['', 'x'.repeat(5000)])
        expect(await models().get(background, name, noVersions)).to.equal(undefined);
    });

    it('have one winner when a name is raced for', async () => {
      const results = await Promise.all(
        Array.from({ length: 24 }, (_, i) => models().create(background, newRegisteredModel(`r${i % 4}`))),
      );
      const winners = results.filter((result): result is RegisteredModel => result !== 'name taken');
      expect(winners.map(({ name }) => name).sort()).to.deep.equal(['r0', 'r1', 'r2', 'r3']);
    });

    it('number versions without a gap when they are raced for', async () => {
      await create('raced');
      const added = await Promise.all(Array.from({ length: 30 }, () => addVersion('raced')));
      const numbers = added.map(({ version }) => version).sort((a, b) => a - b);
      expect(numbers).to.deep.equal(Array.from({ length: 30 }, (_, i) => i + 1));
      expect((await models().get(background, 'raced', versionNumbers))?.versions.size).to.equal(30);
    });

    it('bring the versions asked for, in order, as they were written', async () => {
      await create('m');
      const tags = new Map([['k', 'v']]);
      const first = await addVersion('m', {
        description: '',
        runId: 'r',
        runLink: 'l',
        storageLocation: 's3://c',
        tags,
      });
      const second = await addVersion('m');
      const third = await addVersion('m');
      expect(first).to.deep.equal({
        ...newModelVersion({ description: '', runId: 'r', runLink: 'l', storageLocation: 's3://c', tags }),
        version: 1,
      });
      const read = await models().get(background, 'm', () => [3, 1, 1, 9, 0, -1]);
      expect([...(read as ModelWithVersions).versions]).to.deep.equal([
        [1, first],
        [3, third],
      ]);
      expect((await models().get(background, 'm', noVersions))?.versions.size).to.equal(0);
      expect([...((await models().get(background, 'm', versionNumbers))?.versions.values() ?? [])]).to.deep.equal([
        first,
        second,
        third,
      ]);
    });

    it('change as a whole, and only what is named', async () => {
      const before = await create('patched');
      const [first, second] = [await addVersion('patched', { description: 'd' }), await addVersion('patched')];
      const { model, versions } = await update('patched', {
        description: 'new',
        lastUpdatedTime: 9,
        setTags: new Map([['a', '1']]),
        setAliases: new Map([
          ['z', 1],
          ['b', 2],
        ]),
        setStages: new Map([[2, 'Staging']]),
        versions: new Map([
          [1, { description: null, lastUpdatedTime: 9 }],
          [2, { setTags: new Map([['k', 'v']]) }],
        ]),
      });
      const tags = new Map([['a', '1']]);
      expect([...model.aliases]).to.deep.equal([
        ['b', 2],
        ['z', 1],
      ]);
      expect(model).to.deep.equal({
        ...before,
        ...{ description: 'new', lastUpdatedTime: 9, tags, aliases: model.aliases, stages: ['None', 'Staging'] },
      });
      expect(versions.get(1)).to.deep.equal({ ...first, description: undefined, lastUpdatedTime: 9 });
      expect(versions.get(2)).to.deep.equal({ ...second, tags: new Map([['k', 'v']]) });
      expect(await models().get(background, 'patched', versionNumbers)).to.deep.equal({ model, versions });
      const after = await update('patched', { deleteTags: ['a', 'none'], deleteAliases: ['b', 'none'] });
      expect(after.model.tags.size).to.equal(0);
      expect([...after.model.aliases.keys()]).to.deep.equal(['z']);
    });

    it('give the number of a deleted version never again, and remember that it was of a prompt', async () => {
      await create('deleted');
      await addVersion('deleted');
      await addVersion('deleted', { tags: new Map([['mlflow.prompt.is_prompt', 'true']]) });
      expect((await update('deleted', { deleteVersion: 1 })).model.hadPromptVersion).to.equal(false);
      const { model } = await update('deleted', { deleteVersion: 2 });
      expect(model).to.include({ hadPromptVersion: true });
      expect([stageOf(model, 1), stageOf(model, 2)]).to.deep.equal([undefined, undefined]);
      expect((await addVersion('deleted')).version).to.equal(3);
      expect([...((await models().get(background, 'deleted', () => [1, 2, 3]))?.versions.keys() ?? [])]).to.deep.equal([
        3,
      ]);
    });

    it('refuse what is said of a version that is not there, with nothing written', async () => {
      await create('refusing');
      for (const runId of ['a', 'b', 'c']) await addVersion('refusing', { runId });
      await update('refusing', { deleteVersion: 2 });
      const before = await models().get(background, 'refusing', versionNumbers);
      for (const number of [2, 4, 9, 0, -1, 1.5, NaN]) {
        const patches: readonly RegisteredModelPatch[] = [
          { setStages: new Map([[number, 'Production']]) },
          { versions: new Map([[number, { lastUpdatedTime: 9 }]]) },
          { setAliases: new Map([['champion', number]]) },
          { deleteVersion: number },
        ];
        for (const patch of patches) {
          const updating = models().update(background, 'refusing', () => ({ ...patch, description: 'written' }));
          const failure: unknown = await updating.catch((error: unknown) => error);
          expect(failure, `${String(number)} ${Object.keys(patch).join()}`).to.be.instanceOf(RangeError);
        }
      }
      expect(await models().get(background, 'refusing', versionNumbers)).to.deep.equal(before);
      expect(await scannedRegisteredModels(current(), { versions: versionNumbers })).to.deep.equal([before]);
    });

    it('use numbers up, and give a version with them its stage and its aliases, as one step', async () => {
      await create('counted');
      await addVersion('counted');
      const { model, versions } = await update('counted', {
        skipVersions: 2,
        addVersion: newModelVersion({ runId: 'r' }),
        setStages: new Map([[4, 'Production']]),
        setAliases: new Map([['champion', 4]]),
      });
      expect(model.stages).to.deep.equal(['None', undefined, undefined, 'Production']);
      expect([...model.aliases]).to.deep.equal([['champion', 4]]);
      expect([...versions.keys()]).to.deep.equal([4]);
      const read = await models().get(background, 'counted', versionNumbers);
      expect([read?.model, [...(read?.versions.keys() ?? [])]]).to.deep.equal([model, [1, 4]]);
      expect((await update('counted', { skipVersions: 1 })).model.stages.length).to.equal(5);
      expect((await addVersion('counted')).version).to.equal(6);
      for (const skipVersions of [-1, 0.5]) {
        const failure: unknown = await update('counted', { skipVersions }).catch((error: unknown) => error);
        expect(failure).to.be.instanceOf(RangeError);
      }
    });

    it('free the old name when renamed, and refuse a taken one with nothing changed', async () => {
      const [first, second] = [await create('first'), await create('second')];
      const version = await addVersion('first');
      expect(await models().update(background, 'first', () => ({ name: 'second', description: 'x' }))).to.equal(
        'name taken',
      );
      expect((await models().get(background, 'second', noVersions))?.model).to.deep.equal(second);
      expect((await models().get(background, 'first', noVersions))?.model.description).to.equal(first.description);
      expect((await update('first', { name: 'third' })).model.name).to.equal('third');
      expect([...((await models().get(background, 'third', versionNumbers))?.versions.values() ?? [])]).to.deep.equal([
        version,
      ]);
      expect(await models().get(background, 'first', noVersions)).to.equal(undefined);
      expect((await update('second', { name: 'first' })).model.name).to.equal('first');
      expect((await update('first', { name: 'first', lastUpdatedTime: 8 })).model.lastUpdatedTime).to.equal(8);
    });

    it('write nothing when the decision throws, and pass the error on', async () => {
      const before = await create('undecided');
      const failure = new Error('no');
      const updating = models().update(background, 'undecided', () => {
        throw failure;
      });
      expect(await updating.catch((error: unknown) => error)).to.equal(failure);
      expect((await models().get(background, 'undecided', noVersions))?.model).to.deep.equal(before);
      expect(await models().update(background, 'nobody', () => ({ description: 'x' }))).to.equal(undefined);
    });

    it('are deleted with their versions, and their names are free', async () => {
      await create('gone');
      await addVersion('gone', { runId: 'run' });
      expect(await models().delete(background, 'gone')).to.equal(true);
      expect(await models().delete(background, 'gone')).to.equal(false);
      expect(await models().get(background, 'gone', versionNumbers)).to.equal(undefined);
      expect(await models().namesOfRuns(background, ['run'])).to.deep.equal([]);
      const again = await create('gone');
      expect(again.stages).to.deep.equal([]);
      expect((await addVersion('gone')).version).to.equal(1);
    });

    it('are found by the runs of their versions', async () => {
      for (const name of ['a', 'b', 'c']) await create(name);
      await addVersion('a', { runId: 'one' });
      await addVersion('a', { runId: 'one' });
      await addVersion('b', { runId: 'one' });
      await addVersion('b', { runId: 'two' });
      await addVersion('c');
      await update('b', { name: 'renamed' });
      const sorted = async (...runIds: string[]): Promise<string[]> =>
        [...(await models().namesOfRuns(background, runIds))].sort();
      expect(await sorted('one')).to.include.members(['a', 'renamed']);
      expect(await sorted('two', 'nobody')).to.include('renamed');
    });

    it('are shown once at most by a scan under which they are renamed', async () => {
      const names = Array.from({ length: 30 }, (_, i) => `n${String(i).padStart(2, '0')}`);
      const created = new Map<number, string>();
      for (const [i, name] of names.entries()) {
        await models().create(background, { ...newRegisteredModel(name), creationTime: i });
        created.set(i, name);
      }
      const shown: number[] = [];
      const [ahead, behind] = [new Set<number>(), new Set<number>()];
      for await (const page of models().scan(background, { versions: noVersions, expect: 4 })) {
        shown.push(...page.map(({ model }) => model.creationTime));
        const first = page[0]?.model;
        const last = [...created.keys()].filter((i) => !shown.includes(i) && !ahead.has(i) && !behind.has(i)).pop();
        if (first === undefined || last === undefined) continue;
        // One that was shown goes ahead of the scan, and one that was not goes behind it.
        await update(first.name, { name: `x${first.name}` });
        await update(created.get(last) ?? '', { name: `a${String(last)}` });
        ahead.add(first.creationTime);
        behind.add(last);
      }
      expect(ahead.size).to.be.greaterThan(0);
      expect(shown).to.have.length(new Set(shown).size);
      const missed = [...created.keys()].filter((i) => !shown.includes(i));
      expect(missed.filter((i) => !behind.has(i))).to.deep.equal([]);
    });

    it('do not say that a version was last updated before it was made', async () => {
      await create('clock');
      const { version, creationTime } = await addVersion('clock');
      const patch = { description: 'x', lastUpdatedTime: creationTime - 5 };
      const updated = await update('clock', { versions: new Map([[version, patch]]) });
      expect(updated.versions.get(version)).to.include({ lastUpdatedTime: creationTime, description: 'x' });
    });

    it('are scanned whole in order of their names, from any name on, with the versions asked for', async () => {
      const names = Array.from({ length: 230 }, (_, i) => `n${String((i * 7919) % 230).padStart(3, '0')}`);
      for (const name of [...names, 'Z', 'é', '😀', '\ufffd']) await create(name);
      await addVersion('n007');
      const wanted = ['Z', ...[...names].sort(), 'é', '\ufffd', '😀'];
      const all = await scannedRegisteredModels(current(), { versions: versionNumbers });
      expect(all.map(({ model }) => model.name)).to.deep.equal(wanted);
      expect(all.flatMap(({ versions }) => [...versions.keys()])).to.deep.equal([1]);
      const after = await scannedRegisteredModels(current(), { versions: noVersions, after: 'n2', expect: 3 });
      expect(after.map(({ model }) => model.name)).to.deep.equal(wanted.filter((_, i) => i > 200));
      const behind = await scannedRegisteredModels(current(), { versions: noVersions, after: 'n229' });
      expect(behind.map(({ model }) => model.name)).to.deep.equal(['é', '\ufffd', '😀']);
      const manyOf = await models().getMany(background, ['n007', 'nobody', 'Z'], versionNumbers);
      expect([...manyOf].map(([name, { versions }]) => [name, versions.size])).to.have.deep.members([
        ['n007', 1],
        ['Z', 0],
      ]);
    });
  });
}
