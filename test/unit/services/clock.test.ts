import { expect } from 'chai';
import { background } from '../../../backend/call-context.ts';
import { createExperimentService } from '../../../backend/services/experiments.ts';
import { createLoggedModelService } from '../../../backend/services/logged-models.ts';
import { createRegisteredModelService } from '../../../backend/services/registered-models/models.ts';
import { createSourceModels } from '../../../backend/services/registered-models/source-models.ts';
import { createModelVersionService } from '../../../backend/services/registered-models/versions.ts';
import { createRunService } from '../../../backend/services/runs.ts';
import type { Store } from '../../../backend/stores/contract/index.ts';
import { initialisedHBase, openInMemory } from '../../support/hbase-in-memory.ts';
import { openTemporaryStore } from './temporary-store.ts';

const engines: Readonly<Record<string, () => Promise<{ store: Store; remove: () => Promise<void> }>>> = {
  LMDB: openTemporaryStore,
  'HBase, in memory': async () => {
    const store = await openInMemory(await initialisedHBase());
    return { store, remove: () => store.close() };
  },
};

for (const [engine, open] of Object.entries(engines)) {
  describe(`a clock that goes back, on ${engine}`, () => {
    let store: Store;
    let remove: () => Promise<void>;
    let time: number;
    const now = (): number => time;
    const [before, after] = [1000, 2000];

    beforeEach(async () => {
      ({ store, remove } = await open());
      time = after;
    });
    afterEach(() => remove());

    it('leaves no experiment updated before it was made, nor deleted', async () => {
      const service = createExperimentService(store.experiments, { now });
      const id = await service.create(background, { name: 'e', tags: [] });
      time = before;
      const steps = [
        () => service.rename(background, id, 'other'),
        () => service.rename(background, id, 'other'),
        () => service.delete(background, id),
        () => service.restore(background, id),
      ];
      for (const step of steps) {
        await step();
        const { creationTime, lastUpdateTime, lifecycle } = await service.get(background, id);
        expect([creationTime, lastUpdateTime, lifecycle.changedAt]).to.deep.equal([after, after, after]);
      }
    });

    it('leaves no run deleted before it was made', async () => {
      const service = createRunService(store, { now });
      const { run } = await service.create(background, {
        ...{ experimentId: '0', userId: '', runName: '', startTime: 0, tags: [] },
      });
      time = before;
      await service.delete(background, run.info.runId);
      const found = await store.runs.get(background, run.info.runId, {});
      expect(found?.info.lifecycle).to.include({ stage: 'deleted', changedAt: after });
    });

    it('leaves no logged model updated before it was made', async () => {
      const service = createLoggedModelService(store, { now });
      const { info } = await service.create(background, {
        ...{ experimentId: '0', name: 'm', modelType: '', sourceRunId: '', params: [], tags: [] },
      });
      time = before;
      await service.finalize(background, info.modelId, 'READY');
      await service.delete(background, info.modelId);
      const found = await service.get(background, info.modelId, { allowDeleted: true });
      expect(found.info).to.include({ creationTime: after, lastUpdateTime: after, stage: 'deleted', status: 'READY' });
    });

    it('leaves no registered model and no version of one updated before it was made', async () => {
      const models = createRegisteredModelService(store.registeredModels, { now });
      const versions = createModelVersionService(store, createSourceModels(store.loggedModels), { now });
      await models.create(background, { name: 'm', description: '', tags: [] });
      const request = { name: 'm', source: 's3://bucket/model', runLink: '', description: '', tags: [] };
      await versions.create(background, request);
      time = before;
      const named = { name: 'm', version: '1' };
      const steps = [
        () => models.describe(background, 'm', 'x'),
        () => versions.describe(background, named, 'x'),
        () => versions.transition(background, named, 'Staging', false),
        () => versions.create(background, request),
        () => versions.delete(background, { name: 'm', version: '2' }),
        () => models.rename(background, 'm', 'n').then(() => models.rename(background, 'n', 'm')),
      ];
      for (const step of steps) {
        await step();
        const { model, version } = await versions.get(background, named);
        expect([model.creationTime, model.lastUpdatedTime]).to.deep.equal([after, after]);
        expect([version.creationTime, version.lastUpdatedTime]).to.deep.equal([after, after]);
      }
      expect((await models.get(background, 'm')).model.renamedTime).to.equal(after);
    });
  });
}
