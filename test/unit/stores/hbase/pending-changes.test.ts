import { expect } from 'chai';
import { background } from '../../../../backend/call-context.ts';
import { StoreUnavailable } from '../../../../backend/stores/contract/index.ts';
import type { HBaseRest } from '../../../../backend/stores/hbase/rest/contract.ts';
import { newExperiment } from '../../../contract/store/samples.ts';
import { initialisedHBase, openInMemory } from '../../../support/hbase-in-memory.ts';
import { namespacedHBase } from '../../../support/namespaced-hbase.ts';
import type { FakeHBase } from '../../../support/fake-hbase.ts';

/** Creates an experiment by a backend that ends when it is about to claim the name. */
async function leftInTheMiddle(hbase: FakeHBase, name: string): Promise<void> {
  const store = await openInMemory(hbase);
  let placed = false;
  hbase.faults = ({ operation, key = '' }) => {
    if (operation === 'checkAndPut' && key.startsWith('e.')) placed = true;
    return placed && key.startsWith('n.') ? 'unavailable' : undefined;
  };
  const created = await store.experiments.create(background, newExperiment(name)).catch((error: unknown) => error);
  expect(created).to.be.instanceOf(StoreUnavailable);
  hbase.faults = () => undefined;
}

describe('an experiment that a backend left in the middle of its creation', () => {
  it('is not there for readers', async () => {
    const hbase = await initialisedHBase();
    await leftInTheMiddle(hbase, 'left');
    const { experiments } = await openInMemory(hbase);
    expect(await experiments.get(background, '1')).to.equal(undefined);
    expect(await experiments.getByName(background, 'left')).to.equal(undefined);
    for await (const page of experiments.scan(background))
      expect(page.map(({ experimentId }) => experimentId)).to.deep.equal(['0']);
  });

  it('is finished by whoever writes next, and takes its number', async () => {
    const hbase = await initialisedHBase();
    await leftInTheMiddle(hbase, 'left');
    const { experiments } = await openInMemory(hbase);
    expect(await experiments.create(background, newExperiment('next'))).to.include({ experimentId: '2' });
    expect(await experiments.getByName(background, 'left')).to.include({ experimentId: '1' });
    expect(await experiments.create(background, newExperiment('left'))).to.equal('name taken');
  });

  it('gives its number up where another has the name by then', async () => {
    const hbase = await initialisedHBase();
    const { experiments } = await openInMemory(hbase);
    await experiments.create(background, newExperiment('one'));
    // Two backends have found the name free, and both have taken a number before either claims it.
    const racers = await Promise.all([openInMemory(hbase), openInMemory(hbase), openInMemory(hbase)]);
    const raced = await Promise.all(
      racers.map((racer) => racer.experiments.create(background, newExperiment('raced'))),
    );
    expect(raced.filter((result) => result === 'name taken')).to.have.length(2);
    expect(await experiments.create(background, newExperiment('next'))).to.include({ experimentId: '3' });
  });

  it('keeps what was written to it while another finishes it, too', async () => {
    const hbase = await initialisedHBase();
    await leftInTheMiddle(hbase, 'left');
    const quick = await openInMemory(hbase);
    const client = hbase.client();
    let isFirst = true;
    const slow: HBaseRest = {
      ...namespacedHBase(client, ''),
      checkAndPut: async (...call: Parameters<HBaseRest['checkAndPut']>) => {
        if (isFirst && call[1].startsWith('n.')) {
          isFirst = false;
          await quick.experiments.update(background, '1', () => ({ setTags: new Map([['k', 'v']]) }));
        }
        return client.checkAndPut(...call);
      },
    };
    const { experiments } = await openInMemory(hbase, slow);
    await experiments.create(background, newExperiment('next'));
    expect([...((await experiments.get(background, '1'))?.tags ?? [])]).to.deep.equal([['k', 'v']]);
  });
});

describe('an experiment on its way to a name', () => {
  it('keeps the name that it has claimed, though it does not bear it yet', async () => {
    const hbase = await initialisedHBase();
    const quick = await openInMemory(hbase);
    await quick.experiments.create(background, newExperiment('one'));
    await quick.experiments.create(background, newExperiment('two'));
    const client = hbase.client();
    const second: unknown[] = [];
    const slow: HBaseRest = {
      ...namespacedHBase(client, ''),
      checkAndPut: async (...call) => {
        const becomesWanted = call[2].get('d:e')?.toString().includes('"wanted"') === true;
        if (becomesWanted) second.push(await quick.experiments.update(background, '2', () => ({ name: 'wanted' })));
        return client.checkAndPut(...call);
      },
    };
    const { experiments } = await openInMemory(hbase, slow);
    expect(await experiments.update(background, '1', () => ({ name: 'wanted' }))).to.include({ name: 'wanted' });
    expect(second).to.deep.equal(['name taken']);
    expect(await experiments.get(background, '2')).to.include({ name: 'two' });
    expect(await experiments.getByName(background, 'wanted')).to.include({ experimentId: '1' });
  });
});
