import { expect } from 'chai';
import fc from 'fast-check';
import { background } from '../../../../backend/call-context.ts';
import type { Experiment } from '../../../../backend/entities/experiment.ts';
import type { Lifecycle } from '../../../../backend/entities/lifecycle.ts';
import type { Store } from '../../../../backend/stores/contract/index.ts';
import { newExperiment, newRun, point, scanned } from '../../../contract/store/samples.ts';
import { faults, told } from '../../../support/failing-hbase.ts';
import { initialisedHBase, openInMemory } from '../../../support/hbase-in-memory.ts';

const options = { numRuns: 20 };

describe('removals on an HBase that fails', function () {
  this.timeout(300_000);

  it('remove a run whole or not at all, and never one whose restoration was acknowledged', async () => {
    await fc.assert(
      fc.asyncProperty(faults, async (draw) => {
        const hbase = await initialisedHBase();
        const [a, b] = [await openInMemory(hbase), await openInMemory(hbase)];
        const deleted: Lifecycle = { stage: 'deleted', epoch: 0, changedAt: 5 };
        const runs = Array.from({ length: 6 }, () => newRun({ lifecycle: deleted }));
        for (const run of runs) {
          await a.runs.create(background, run);
          await a.runs.update(background, run.info.runId, {}, () => ({ points: [point('m', 1)] }));
        }
        let calls = 0;
        hbase.faults = () => {
          if (++calls % 7 === 0) hbase.arrive();
          return draw.next().value;
        };
        const restored = await Promise.all(
          runs.map(async ({ info }) => {
            const change = b.runs.update(background, info.runId, {}, () => ({
              info: { lifecycle: { ...deleted, stage: 'active' } },
            }));
            const [answer] = await Promise.all([
              told(change),
              told(remove(a, info.runId)),
              told(remove(b, info.runId)),
            ]);
            return answer;
          }),
        );
        hbase.faults = () => undefined;
        hbase.arrive();
        const after = await openInMemory(hbase);
        for await (const page of after.removals.runs.scan(background, ['0'])) {
          for (const { info } of page) {
            await after.removals.runs.decide(background, info);
            await after.removals.runs.finish(background, info);
          }
        }
        const left = await scanned(after, { experimentIds: ['0'], parts: {} });
        const ids = left.map(({ info }) => info.runId);
        for (const [i, { info }] of runs.entries()) {
          const answer = restored[i];
          if (answer !== undefined && answer !== 'not known') expect(ids).to.include(info.runId);
          if (answer === undefined) expect(ids).to.not.include(info.runId);
          const history = await after.runs.history(background, info.runId, 'm', { limit: 9 });
          expect(history, 'whole or not at all').to.have.length(ids.includes(info.runId) ? 1 : 0);
          expect(hbase.rowsOf('kirka_ids')?.has(`r.${info.runId}`)).to.equal(ids.includes(info.runId));
        }
      }),
      options,
    );
  });

  it('free the name of a removed experiment, and give its id to nobody, whoever begins and breaks off', async () => {
    await fc.assert(
      fc.asyncProperty(faults, async (draw) => {
        const hbase = await initialisedHBase();
        const [a, b] = [await openInMemory(hbase), await openInMemory(hbase)];
        const doomed = (await a.experiments.create(background, newExperiment('doomed'))) as Experiment;
        let calls = 0;
        hbase.faults = () => {
          if (++calls % 7 === 0) hbase.arrive();
          return draw.next().value;
        };
        const work = async (store: Store): Promise<void> => {
          const { experiments } = store.removals;
          await told(
            store.experiments.update(background, doomed.experimentId, () => ({
              name: `renamed by ${String(store === a)}`,
            })),
          );
          await told(experiments.begin(background, doomed.experimentId, () => true));
          if ((await told(experiments.decide(background, doomed))) === true)
            await told(experiments.finish(background, doomed));
          await told(store.experiments.create(background, newExperiment('doomed')));
        };
        await Promise.all([work(a), work(b)]);
        hbase.faults = () => undefined;
        hbase.arrive();
        const after = await openInMemory(hbase);
        await after.removals.experiments.begin(background, doomed.experimentId, () => true);
        await after.removals.experiments.decide(background, doomed);
        await after.removals.experiments.finish(background, doomed);
        await after.experiments.create(background, newExperiment('doomed'));
        const all: Experiment[] = [];
        for await (const page of after.experiments.scan(background)) all.push(...page);
        expect(all.map(({ experimentId }) => experimentId)).to.not.include(doomed.experimentId);
        expect(all.filter(({ name }) => name === 'doomed')).to.have.length(1);
        expect(new Set(all.map(({ name }) => name)).size, 'names').to.equal(all.length);
      }),
      options,
    );
  });

  async function remove(store: Store, runId: string): Promise<void> {
    const info = await store.removals.runs.begin(background, runId, ({ lifecycle }) => lifecycle.stage === 'deleted');
    if (info === undefined || !(await store.removals.runs.decide(background, info))) return;
    await store.removals.runs.finish(background, info);
  }
});
