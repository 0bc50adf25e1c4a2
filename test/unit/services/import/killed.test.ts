import { expect } from 'chai';
import { background } from '../../../../backend/call-context.ts';
import { versionNumbers } from '../../../../backend/entities/registered-model.ts';
import { Killed } from '../killing.ts';
import { newModelVersion } from '../../../contract/store/samples.ts';
import { smallSource } from './fake-source.ts';
import type { FakeSource } from './fake-source.ts';
import { engines, openTarget } from './target.ts';
import type { Target } from './target.ts';

for (const [name, open] of Object.entries(engines)) {
  describe(`an import that is killed, on ${name}`, function () {
    this.timeout(300_000);
    let source: FakeSource;
    let whole: unknown;

    before(async () => {
      source = smallSource();
      const target = await openTarget(open);
      expect((await target.importFrom(source)).problems).to.deep.equal([]);
      whole = await target.snapshot();
      await target.remove();
    });

    /** Imports into an empty target, killed before each of its changes in turn. @returns how many there were */
    async function killedAtEach(check: (target: Target, killedAt: number) => Promise<void>): Promise<number> {
      for (let killedAt = 1; ; killedAt++) {
        const target = await openTarget(open);
        let calls = 0;
        const isFinished = await target
          .importFrom(source, () => ++calls >= killedAt)
          .then(
            () => true,
            (error: unknown) => {
              if (!(error instanceof Killed)) throw error;
              return false;
            },
          );
        await check(target, killedAt);
        await target.remove();
        if (isFinished) return killedAt;
      }
    }

    const versionsOf = async ({ store }: Target): Promise<readonly string[]> => {
      const found: string[] = [];
      for await (const page of store.registeredModels.scan(background, { versions: versionNumbers })) {
        found.push(
          ...page.flatMap(({ model, versions }) => [...versions.keys()].map((n) => `${model.name} ${String(n)}`)),
        );
      }
      return found;
    };

    it('goes on, whatever the step was, and ends as one that was not; then nothing is left to be done', async () => {
      const steps = await killedAtEach(async (target, killedAt) => {
        expect(['m 1', 'm 3'], String(killedAt)).to.include.members(await versionsOf(target));
        expect((await target.importFrom(source)).problems, String(killedAt)).to.deep.equal([]);
        expect(await target.snapshot(), String(killedAt)).to.deep.equal(whole);
        expect((await target.importNothing(source)).problems, String(killedAt)).to.deep.equal([]);
      });
      expect(steps).to.be.greaterThan(25);
    });

    it('leaves alone what was worked on since, whatever the step was', async () => {
      await killedAtEach(async (target, killedAt) => {
        const { services, store } = target;
        const experiment = await store.experiments.get(background, '1');
        const before = await versionsOf(target);
        if (experiment) await services.experiments.rename(background, '1', 'renamed here');
        if (before.includes('m 1')) await services.modelVersions.delete(background, { name: 'm', version: '1' });
        if (before.includes('m 3')) {
          await services.modelVersions.transition(background, { name: 'm', version: '3' }, 'Staging', false);
          await services.registeredModels.deleteAlias(background, 'm', 'champion');
        }
        expect((await target.importFrom(source)).problems, String(killedAt)).to.deep.equal([]);

        const { model } = (await store.registeredModels.get(background, 'm', versionNumbers)) ?? {};
        expect(model?.stages, String(killedAt)).to.deep.equal([
          before.includes('m 1') ? undefined : 'Production',
          undefined,
          before.includes('m 3') ? 'Staging' : 'None',
        ]);
        expect(model?.aliases.size, String(killedAt)).to.equal(before.includes('m 3') ? 0 : 1);
        expect((await store.experiments.get(background, '1'))?.name).to.equal(experiment ? 'renamed here' : 'alpha é');
        const search = { filter: '', maxResults: 10, orderBy: [] };
        const { items } = await services.search.searchModelVersions(background, search);
        expect(items.length, String(killedAt)).to.equal(before.includes('m 1') ? 1 : 2);
        expect((await target.importNothing(source)).problems, String(killedAt)).to.deep.equal([]);
      });
    });

    it('takes no version for its own that was made here under a number which it had begun', async () => {
      const target = await openTarget(open);
      let isKilled = false;
      const killed = await target
        .importFrom(source, (call) => (isKilled ||= call === '.registeredModels.update'))
        .catch((error: unknown) => error);
      expect(killed).to.be.instanceOf(Killed);
      const { registeredModels } = target.store;
      await registeredModels.update(background, 'm', () => ({
        addVersion: newModelVersion(),
        setAliases: new Map([['champion', 1]]),
      }));
      expect((await target.importFrom(source)).problems).to.have.members([
        "version 1 of 'm': here its number is taken",
        "alias 'champion' of 'm': here it is another version's than 3",
      ]);
      const found = await registeredModels.get(background, 'm', versionNumbers);
      expect([...(found?.versions ?? [])].map(([number, { creationTime }]) => [number, creationTime])).to.deep.equal([
        [1, 6],
        [3, 313],
      ]);
      expect([...(found?.model.aliases ?? [])]).to.deep.equal([['champion', 1]]);
      await target.remove();
    });
  });
}
