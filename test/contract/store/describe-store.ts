import { expect } from 'chai';
import { background } from '../../../backend/call-context.ts';
import { versionNumbers } from '../../../backend/entities/registered-model.ts';
import { wholeRun } from '../../../backend/stores/contract/index.ts';
import type { Store } from '../../../backend/stores/contract/index.ts';
import { describeClosing } from './describe-closing.ts';
import { describeDatasets } from './describe-datasets.ts';
import { describeEnding } from './describe-ending.ts';
import { describeExperiments } from './describe-experiments.ts';
import { describeHistory } from './describe-history.ts';
import { describeImports } from './describe-imports.ts';
import { describeLinks } from './describe-links.ts';
import { describeLoggedModels } from './describe-logged-models.ts';
import { describeRegisteredModels } from './describe-registered-models.ts';
import { describeRemovals } from './describe-removals.ts';
import { describeRuns } from './describe-runs.ts';
import { describeScan } from './describe-scan.ts';
import { modelPoint, newExperiment, newModel, newModelVersion, newRegisteredModel, newRun, point } from './samples.ts';
import type { StoreHarness } from './samples.ts';

/** Holds an engine to the store contract. Every engine runs every case. */
export function describeStore(name: string, harness: StoreHarness): void {
  describe(`the store contract on ${name}`, () => {
    let store: Store;
    const current = (): Store => store;

    beforeEach(async () => {
      await harness.wipe();
      store = await harness.open();
    });
    afterEach(() => store.close());

    describeExperiments(current);
    describeRuns(current);
    describeScan(current);
    describeHistory(current);
    describeRegisteredModels(current);
    describeLinks(current);
    describeDatasets(current);
    describeLoggedModels(current);
    describeRemovals(current);
    describeImports(current);
    describeEnding(current);
    describeClosing(current, harness);

    it('keeps everything over a close and an open', async () => {
      const run = newRun({}, { params: new Map([['p', 'v']]) });
      const experiment = await store.experiments.create(background, newExperiment('kept'));
      await store.runs.create(background, run);
      await store.runs.update(background, run.info.runId, {}, () => ({ points: [point('m', 1)] }));
      await store.registeredModels.create(background, newRegisteredModel('kept'));
      const kept = await store.registeredModels.update(background, 'kept', () => ({ addVersion: newModelVersion() }));
      const model = newModel();
      await store.loggedModels.create(background, model);
      await store.loggedModels.addMetrics(background, model.modelId, [modelPoint('m', 1)]);
      await store.close();
      store = await harness.open();
      expect(await store.registeredModels.get(background, 'kept', versionNumbers)).to.deep.equal(kept);
      expect(await store.loggedModels.get(background, model.modelId, 'all')).to.deep.equal({
        info: model,
        metrics: [modelPoint('m', 1)],
      });
      expect(await store.experiments.getByName(background, 'kept')).to.deep.equal(experiment);
      expect(await store.runs.get(background, run.info.runId, wholeRun)).to.deep.equal(run);
      expect(await store.runs.history(background, run.info.runId, 'm', { limit: 9 })).to.deep.equal([point('m', 1)]);
      const next = await store.experiments.create(background, newExperiment('next'));
      expect(Number((next as { experimentId: string }).experimentId)).to.be.greaterThan(1);
    });

    it('closes twice, with writes under way finished', async () => {
      const run = newRun();
      const writing = store.runs.create(background, run);
      await Promise.all([writing, store.close(), store.close()]);
      store = await harness.open();
      expect((await store.runs.get(background, run.info.runId, {}))?.info).to.deep.equal(run.info);
    });

    it('says what it is', async () => {
      expect(await store.check())
        .to.be.a('string')
        .that.has.length.greaterThan(3);
    });
  });
}
