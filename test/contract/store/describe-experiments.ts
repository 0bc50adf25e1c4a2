import { expect } from 'chai';
import { background } from '../../../backend/call-context.ts';
import type { Experiment } from '../../../backend/entities/experiment.ts';
import type { NameTaken, Store } from '../../../backend/stores/contract/index.ts';
import { newExperiment } from './samples.ts';

/** The promises of ExperimentStore. */
export function describeExperiments(current: () => Store): void {
  const create = async (name: string): Promise<Experiment> => {
    const created = await current().experiments.create(background, newExperiment(name));
    if (created === 'name taken') throw new Error(`${name} is taken`);
    return created;
  };

  describe('experiments', () => {
    it('begin with Default under the id 0', async () => {
      const experiment = await current().experiments.get(background, '0');
      expect(experiment).to.include({ name: 'Default', artifactLocation: 'mlflow-artifacts:/0' });
      expect(experiment?.lifecycle).to.include({ stage: 'active', epoch: 0 });
      expect(await current().experiments.getByName(background, 'Default')).to.deep.equal(experiment);
    });

    it('are found by id and by name, whole', async () => {
      const tags = new Map([
        ['team', 'Ökonomie'],
        ['empty', ''],
      ]);
      const created = await current().experiments.create(background, newExperiment('a/b c', { tags }));
      expect(created).to.include({ name: 'a/b c', creationTime: 1_700_000_000_000, lastUpdateTime: 1_700_000_000_000 });
      const { experimentId } = created as Experiment;
      expect((created as Experiment).artifactLocation).to.equal(`mlflow-artifacts:/${experimentId}`);
      expect([...(created as Experiment).tags]).to.deep.equal([
        ['empty', ''],
        ['team', 'Ökonomie'],
      ]);
      expect(await current().experiments.get(background, experimentId)).to.deep.equal(created);
      expect(await current().experiments.getByName(background, 'a/b c')).to.deep.equal(created);
    });

    it('are undefined where there is none, whatever the id looks like', async () => {
      for (const id of ['77', '', '-1', '1.0', '01', 'x', '9'.repeat(40), '\0', 'schema']) {
        expect(await current().experiments.get(background, id), JSON.stringify(id)).to.equal(undefined);
      }
      expect(await current().experiments.getByName(background, 'nobody')).to.equal(undefined);
    });

    it('take names of any length and script', async () => {
      const names = ['x'.repeat(500), '実験'.repeat(250), '😀'.repeat(500), 'a\u0301', '\u00e1'];
      for (const name of names) await create(name);
      for (const name of names) expect((await current().experiments.getByName(background, name))?.name).to.equal(name);
    });

    it('have one winner when a name is raced for, and distinct ids', async () => {
      const race = Array.from({ length: 40 }, (_, i) =>
        current().experiments.create(background, newExperiment(`race ${i % 8}`)),
      );
      const results = await Promise.all(race);
      const winners = results.filter((result): result is Experiment => result !== 'name taken');
      expect(winners.map((winner) => winner.name).sort()).to.deep.equal(
        [0, 1, 2, 3, 4, 5, 6, 7].map((i) => `race ${i}`),
      );
      expect(new Set(winners.map((winner) => winner.experimentId)).size).to.equal(8);
    });

    it('increase in id', async () => {
      const ids = [await create('one'), await create('two'), await create('three')].map((e) => Number(e.experimentId));
      expect(ids).to.deep.equal([...ids].sort((a, b) => a - b));
      expect(ids[0]).to.be.greaterThan(0);
    });

    it('change as a whole, and only what is named', async () => {
      const { experimentId, ...before } = await create('patched');
      const lifecycle = { stage: 'deleted', epoch: 1, changedAt: 5 } as const;
      await current().experiments.update(background, experimentId, () => ({ lifecycle, lastUpdateTime: 5 }));
      await current().experiments.update(background, experimentId, () => ({ setTags: new Map([['k', 'v']]) }));
      const after = await current().experiments.update(background, experimentId, () => ({
        setTags: new Map([['l', 'w']]),
        deleteTags: ['k'],
      }));
      const tags = new Map([['l', 'w']]);
      expect(after).to.deep.equal({ ...before, experimentId, lifecycle, lastUpdateTime: 5, tags });
      expect(await current().experiments.get(background, experimentId)).to.deep.equal(after);
    });

    it('free the old name when renamed, and refuse a taken one with nothing changed', async () => {
      const [first, second] = [await create('first'), await create('second')];
      const rename = (id: string, name: string): Promise<Experiment | NameTaken | undefined> =>
        current().experiments.update(background, id, () => ({ name, lastUpdateTime: 9 }));
      expect(await rename(first.experimentId, 'second')).to.equal('name taken');
      expect(await current().experiments.get(background, first.experimentId)).to.deep.equal(first);
      expect(await rename(first.experimentId, 'third')).to.include({ name: 'third' });
      expect(await rename(second.experimentId, 'first')).to.include({ name: 'first' });
      expect((await current().experiments.getByName(background, 'first'))?.experimentId).to.equal(second.experimentId);
      expect(await current().experiments.getByName(background, 'second')).to.equal(undefined);
      expect(await rename(second.experimentId, 'first')).to.include({ name: 'first' });
    });

    it('write nothing when the decision throws, and pass the error on', async () => {
      const before = await create('undecided');
      const failure = new Error('no');
      const update = current().experiments.update(background, before.experimentId, () => {
        throw failure;
      });
      expect(await update.catch((error: unknown) => error)).to.equal(failure);
      expect(await current().experiments.get(background, before.experimentId)).to.deep.equal(before);
      expect(await current().experiments.update(background, '4711', () => ({ name: 'x' }))).to.equal(undefined);
    });

    it('lose no update when many change one at a time', async () => {
      const { experimentId } = await create('counted');
      const add = (): Promise<unknown> =>
        current().experiments.update(background, experimentId, ({ lifecycle }) => ({
          lifecycle: { ...lifecycle, epoch: lifecycle.epoch + 1 },
        }));
      await Promise.all(Array.from({ length: 50 }, add));
      expect((await current().experiments.get(background, experimentId))?.lifecycle.epoch).to.equal(50);
    });

    it('come as they were elsewhere under their own id, behind which new ones are numbered', async () => {
      const moved: Experiment = {
        experimentId: '12',
        name: 'moved',
        artifactLocation: 's3://bucket/12',
        lifecycle: { stage: 'deleted', epoch: 1, changedAt: 7 },
        creationTime: 5,
        lastUpdateTime: 7,
        tags: new Map([['t', 'v']]),
      };
      expect(await current().experiments.createAs(background, moved)).to.equal('created');
      expect(await current().experiments.get(background, '12')).to.deep.equal(moved);
      expect(await current().experiments.getByName(background, 'moved')).to.deep.equal(moved);
      for (const experimentId of ['0', '3', '12']) {
        const other = { ...moved, experimentId, name: 'other' };
        expect(await current().experiments.createAs(background, other), experimentId).to.equal('id taken');
      }
      expect(await current().experiments.createAs(background, { ...moved, experimentId: '15' })).to.equal('name taken');
      expect((await create('new')).experimentId).to.equal('13');
    });

    it('are scanned whole, newest id first', async () => {
      for (let i = 0; i < 450; i += 50) {
        await Promise.all(Array.from({ length: 50 }, (_, k) => create(`n${i + k}`)));
      }
      const ids: number[] = [];
      for await (const page of current().experiments.scan(background)) {
        expect(page).to.not.have.length(0);
        ids.push(...page.map((experiment) => Number(experiment.experimentId)));
      }
      expect(ids).to.have.length(451);
      expect(ids).to.deep.equal([...new Set(ids)].sort((a, b) => b - a));
    });
  });
}
