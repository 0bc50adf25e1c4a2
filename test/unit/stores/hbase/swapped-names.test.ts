import { expect } from 'chai';
import { background } from '../../../../backend/call-context.ts';
import type { Experiment } from '../../../../backend/entities/experiment.ts';
import type { Store } from '../../../../backend/stores/contract/index.ts';
import { noVersions } from '../../../../backend/stores/contract/index.ts';
import { newExperiment, newRegisteredModel } from '../../../contract/store/samples.ts';
import type { FakeHBase } from '../../../support/fake-hbase.ts';
import { initialisedHBase, openInMemory } from '../../../support/hbase-in-memory.ts';

describe('renamings to and fro on HBase', () => {
  let hbase: FakeHBase;
  let [a, b]: Store[] = [];
  const stores = (): [Store, Store] => [a, b] as [Store, Store];

  beforeEach(async () => {
    hbase = await initialisedHBase();
    [a, b] = [await openInMemory(hbase), await openInMemory(hbase)];
    let calls = 0;
    hbase.faults = () => {
      if (++calls > 5000) throw new Error('it goes in circles');
      return undefined;
    };
  });

  it('come to an end where two experiments want the name of the other', async () => {
    const [one, two] = stores();
    const x = (await one.experiments.create(background, newExperiment('x'))) as Experiment;
    const y = (await one.experiments.create(background, newExperiment('y'))) as Experiment;
    const answers = await Promise.all([
      one.experiments.update(background, x.experimentId, () => ({ name: 'y' })),
      two.experiments.update(background, y.experimentId, () => ({ name: 'x' })),
    ]);
    expect(answers).to.include('name taken');
    const names = [
      await two.experiments.get(background, x.experimentId),
      await one.experiments.get(background, y.experimentId),
    ];
    expect(new Set(names.map((experiment) => experiment?.name)).size).to.equal(2);
  });

  it('come to an end where two registered models want the name of the other', async () => {
    const [one, two] = stores();
    for (const name of ['x', 'y']) {
      await one.registeredModels.create(background, { ...newRegisteredModel(name), description: name });
    }
    const answers = await Promise.all([
      one.registeredModels.update(background, 'x', () => ({ name: 'y' })),
      two.registeredModels.update(background, 'y', () => ({ name: 'x' })),
    ]);
    expect(answers).to.include('name taken');
    const found = await two.registeredModels.getMany(background, ['x', 'y'], noVersions);
    for (const [i, name] of ['x', 'y'].entries()) {
      if (answers[i] === 'name taken') expect(found.get(name)?.model.description).to.equal(name);
    }
  });
});
