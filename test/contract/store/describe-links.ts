import { expect } from 'chai';
import { background } from '../../../backend/call-context.ts';
import type { Run, RunLinks } from '../../../backend/entities/run.ts';
import { noLinks } from '../../../backend/entities/run.ts';
import { wholeRun } from '../../../backend/stores/contract/index.ts';
import type { Store } from '../../../backend/stores/contract/index.ts';
import { newModelId, newRun, scanned } from './samples.ts';

const links: RunLinks = {
  datasets: [
    { name: 'wine é\u{1f600}', digest: 'd1', tags: new Map([['mlflow.data.context', 'train']]) },
    { name: 'b', digest: '', tags: new Map() },
  ],
  modelInputs: [newModelId()],
  modelOutputs: [
    { modelId: newModelId(), step: 2n ** 62n },
    { modelId: newModelId(), step: -1 },
  ],
};

/** The promises of RunStore for what runs use and make. */
export function describeLinks(current: () => Store): void {
  const linksOf = async ({ info }: Run): Promise<RunLinks | undefined> =>
    (await current().runs.get(background, info.runId, { links: true }))?.links;

  describe('the links of a run', () => {
    it('are what was written, in its order, and absent where there are none or none are asked for', async () => {
      const [linked, plain] = [newRun({}, { links }), newRun()];
      await current().runs.create(background, linked);
      await current().runs.create(background, plain);
      expect(await current().runs.get(background, linked.info.runId, wholeRun)).to.deep.equal(linked);
      expect(await current().runs.get(background, plain.info.runId, wholeRun)).to.deep.equal(plain);
      expect(await current().runs.get(background, linked.info.runId, {})).to.not.have.property('links');
    });

    it('are there for scans and for many runs at once', async () => {
      const linked = newRun({}, { links });
      await current().runs.create(background, linked);
      const parts = { links: true };
      expect((await scanned(current(), { experimentIds: ['0'], parts })).map((run) => run.links)).to.deep.equal([
        links,
      ]);
      const found = await current().runs.getMany(background, [linked.info.runId], parts);
      expect(found.get(linked.info.runId)?.links).to.deep.equal(links);
    });

    it('stay with other updates, and change as a whole', async () => {
      const run = newRun({}, { links });
      await current().runs.create(background, run);
      await current().runs.update(background, run.info.runId, {}, () => ({ setTags: new Map([['a', 'b']]) }));
      expect(await linksOf(run)).to.deep.equal(links);
      const fewer = { ...links, datasets: [], modelOutputs: [] };
      await current().runs.update(background, run.info.runId, {}, () => ({ links: fewer }));
      expect(await linksOf(run)).to.deep.equal(fewer);
    });

    it('lose none of those that are added at one time', async () => {
      const run = newRun();
      await current().runs.create(background, run);
      const add = (modelId: string): Promise<unknown> =>
        current().runs.update(background, run.info.runId, { links: true }, ({ links: now = noLinks }) => ({
          links: { ...now, modelInputs: [...now.modelInputs, modelId] },
        }));
      const ids = Array.from({ length: 30 }, newModelId);
      await Promise.all(ids.map(add));
      expect([...((await linksOf(run))?.modelInputs ?? [])].sort()).to.deep.equal([...ids].sort());
    });
  });
}
