import { expect } from 'chai';
import fc from 'fast-check';
import { background } from '../../../backend/call-context.ts';
import { compareInt64, int64 } from '../../../backend/entities/int64.ts';
import type { Run } from '../../../backend/entities/run.ts';
import { wholeRun } from '../../../backend/stores/contract/index.ts';
import type { Store } from '../../../backend/stores/contract/index.ts';
import { newRun, newRunId, scanned } from './samples.ts';

const newestFirst = (a: Run, b: Run): number =>
  compareInt64(b.info.startTime, a.info.startTime) || (a.info.runId < b.info.runId ? -1 : 1);

const ids = (runs: readonly Run[]): string[] => runs.map((run) => run.info.runId);

/** The promises of RunStore for scans. */
export function describeScan(current: () => Store): void {
  const createAll = async (runs: readonly Run[]): Promise<void> => {
    await Promise.all(runs.map((run) => current().runs.create(background, run)));
  };

  describe('a scan of runs', () => {
    it('is newest first across experiments, complete, and without the others', async () => {
      const runs = Array.from({ length: 1300 }, (_, i) =>
        newRun({ experimentId: String(i % 4), startTime: 1000 + (i % 97) * 7 }, { tags: new Map([['i', String(i)]]) }),
      );
      await createAll(runs);
      const wanted = runs.filter((run) => run.info.experimentId !== '3').sort(newestFirst);
      const found = await scanned(current(), { experimentIds: ['0', '1', '2', '1', '99'], parts: wholeRun });
      expect(ids(found)).to.deep.equal(ids(wanted));
      expect(found[77]).to.deep.equal(wanted[77]);
    });

    it('is empty where there is nothing', async () => {
      expect(await scanned(current(), { experimentIds: [], parts: {} })).to.deep.equal([]);
      expect(
        await scanned(current(), { experimentIds: ['0', '12', '', '\0', 'x'.repeat(999)], parts: {} }),
      ).to.deep.equal([]);
    });

    it('orders start times over the whole int64 range', async () => {
      await fc.assert(
        fc.asyncProperty(
          fc.array(fc.bigInt({ min: -(2n ** 63n), max: 2n ** 63n - 1n }), { maxLength: 12 }),
          async (times) => {
            const experimentId = String(1000 + Math.floor(Math.random() * 1e9));
            const runs = times.map((time) => newRun({ experimentId, startTime: int64(time) }));
            await createAll(runs);
            expect(ids(await scanned(current(), { experimentIds: [experimentId], parts: {} }))).to.deep.equal(
              ids([...runs].sort(newestFirst)),
            );
          },
        ),
        { numRuns: 20 },
      );
    });

    it('goes on behind any position, also of a run that never was', async () => {
      const runs = Array.from({ length: 60 }, (_, i) =>
        newRun({ experimentId: String(i % 2), startTime: i % 11 }),
      ).sort(newestFirst);
      await createAll(runs);
      for (const at of [0, 17, 58, 59]) {
        const { startTime, runId } = (runs[at] as Run).info;
        const rest = await scanned(current(), { experimentIds: ['0', '1'], parts: {}, after: { startTime, runId } });
        expect(ids(rest)).to.deep.equal(ids(runs.slice(at + 1)));
      }
      const nowhere = newRun({ startTime: 5, runId: newRunId() });
      const rest = await scanned(current(), { experimentIds: ['0', '1'], parts: {}, after: nowhere.info });
      expect(ids(rest)).to.deep.equal(ids(runs.filter((run) => newestFirst(run, nowhere) > 0)));
    });

    it('may be left early, and shows changed attributes', async () => {
      const runs = Array.from({ length: 50 }, (_, i) => newRun({ startTime: i }));
      await createAll(runs);
      const newest = (runs[49] as Run).info.runId;
      await current().runs.update(background, newest, {}, () => ({ info: { status: 'KILLED' } }));
      for await (const page of current().runs.scan(background, { experimentIds: ['0'], parts: {}, expect: 1 })) {
        expect(page[0]?.info).to.include({ runId: newest, status: 'KILLED' });
        break;
      }
    });

    it('misses none that was there before, while others are written', async () => {
      const before = Array.from({ length: 700 }, (_, i) => newRun({ startTime: i }));
      await createAll(before);
      const seen: string[] = [];
      for await (const page of current().runs.scan(background, { experimentIds: ['0'], parts: {}, expect: 50 })) {
        seen.push(...ids(page));
        await createAll([newRun({ startTime: 350 }), newRun({ startTime: 10_000 })]);
      }
      expect(new Set(seen).size).to.equal(seen.length);
      expect(before.filter((run) => !seen.includes(run.info.runId))).to.deep.equal([]);
    });
  });
}
