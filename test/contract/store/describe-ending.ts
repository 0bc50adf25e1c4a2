import { expect } from 'chai';
import { background, DeadlineExceeded } from '../../../backend/call-context.ts';
import type { CallContext } from '../../../backend/call-context.ts';
import type { Store } from '../../../backend/stores/contract/index.ts';
import { noVersions } from '../../../backend/stores/contract/index.ts';
import { endedBy } from '../../support/contexts.ts';
import { newExperiment, newModel, newRegisteredModel, newRun, point } from './samples.ts';

const rows = 30;

/** What the store contract says of a call that has ended. */
export function describeEnding(current: () => Store): void {
  describe('of a call that has ended', () => {
    const runs = Array.from({ length: rows }, () => newRun());
    const ids = runs.map(({ info }) => info.runId);

    beforeEach(async () => {
      for (const run of runs) await current().runs.create(background, run);
      await current().experiments.create(background, newExperiment('e'));
      await current().registeredModels.create(background, newRegisteredModel('m'));
      await current().loggedModels.create(background, newModel());
      const points = Array.from({ length: 10 }, (_, step) => point('m', step));
      await current().runs.update(background, ids[0] ?? '', {}, () => ({ points }));
    });

    const drain = async (pages: AsyncIterable<readonly unknown[]>): Promise<void> => {
      for await (const page of pages) if (page.length === 0) throw new Error('a scan gave an empty page');
    };

    /** Everything of the contract that may take long. */
    const longReads: Readonly<Record<string, (context: CallContext) => Promise<unknown>>> = {
      'runs.scan': (context) => drain(current().runs.scan(context, { experimentIds: ['0'], parts: {} })),
      'runs.getMany': (context) => current().runs.getMany(context, ids, {}),
      'runs.history': (context) => current().runs.history(context, ids[0] ?? '', 'm', { limit: Infinity }),
      'experiments.scan': (context) => drain(current().experiments.scan(context)),
      'registeredModels.scan': (context) => drain(current().registeredModels.scan(context, { versions: noVersions })),
      'registeredModels.getMany': (context) => current().registeredModels.getMany(context, ['m'], noVersions),
      'loggedModels.scan': (context) =>
        drain(current().loggedModels.scan(context, { experimentIds: ['0'], metrics: [] })),
      'loggedModels.getMany': (context) => current().loggedModels.getMany(context, ['m-1'], []),
      'datasets.scan': (context) => drain(current().datasets.scan(context, ['0'])),
      'datasets.getMany': (context) =>
        current().datasets.getMany(context, [{ experimentId: '0', name: 'n', digest: 'd' }]),
      'removals.runs.scan': (context) => drain(current().removals.runs.scan(context, ['0'])),
      'removals.experiments.scan': (context) => drain(current().removals.experiments.scan(context)),
    };

    const failureOf = (work: Promise<unknown>): Promise<unknown> =>
      work.then(
        () => 'no failure',
        (error: unknown) => error,
      );

    for (const [name, read] of Object.entries(longReads)) {
      it(`${name} does nothing more, and says for which reason`, async () => {
        const reason = new Error('nobody waits');
        expect(await failureOf(read(endedBy(AbortSignal.abort(reason))))).to.equal(reason);
        expect(await failureOf(read({ ...background, deadline: performance.now() - 1 }))).to.be.instanceOf(
          DeadlineExceeded,
        );
      });
    }

    it('a scan gives no page after the end', async () => {
      const controller = new AbortController();
      const reason = new Error('nobody waits');
      let seen = 0;
      const scan = { experimentIds: ['0'], parts: {}, expect: 2 };
      const work = async (): Promise<void> => {
        for await (const page of current().runs.scan(endedBy(controller.signal), scan)) {
          seen += page.length;
          controller.abort(reason);
        }
      };
      expect(await failureOf(work())).to.equal(reason);
      expect(seen).to.be.lessThan(rows);
    });

    it('what has begun to be written is written', async () => {
      const controller = new AbortController();
      const [runId = ''] = ids;
      await current().runs.update(endedBy(controller.signal), runId, {}, () => {
        controller.abort(new Error('nobody waits'));
        return { setTags: new Map([['t', 'v']]) };
      });
      const run = await current().runs.get(background, runId, { tags: 'all' });
      expect(run?.tags.get('t')).to.equal('v');
    });
  });
}
