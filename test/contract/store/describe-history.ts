import { expect } from 'chai';
import fc from 'fast-check';
import { background } from '../../../backend/call-context.ts';
import { int64 } from '../../../backend/entities/int64.ts';
import { compareHistory } from '../../../backend/entities/metric.ts';
import type { MetricPoint } from '../../../backend/entities/metric.ts';
import type { Store } from '../../../backend/stores/contract/index.ts';
import { newRun, point } from './samples.ts';

/** The promises of RunStore for metric histories. */
export function describeHistory(current: () => Store): void {
  const started = async (): Promise<string> => {
    const run = newRun();
    await current().runs.create(background, run);
    return run.info.runId;
  };
  const log = (runId: string, points: readonly MetricPoint[]): Promise<unknown> =>
    current().runs.update(background, runId, {}, () => ({ points }));

  /** All points by pages of a size, and that each page but the last is full. */
  const paged = async (runId: string, key: string, limit: number): Promise<MetricPoint[]> => {
    const points: MetricPoint[] = [];
    for (;;) {
      const page = await current().runs.history(background, runId, key, { limit, after: points.at(-1) });
      points.push(...page);
      if (page.length < limit) return points;
    }
  };

  const int64s = fc.oneof(
    fc.integer({ min: -3, max: 3 }).map(BigInt),
    fc.bigInt({ min: -(2n ** 63n), max: 2n ** 63n - 1n }),
  );
  const points = fc.record({
    key: fc.constant('m'),
    value: fc.oneof(fc.constantFrom(0, 1, NaN, Infinity, -Infinity, 5e-324), fc.double()).map((value) => value + 0),
    timestamp: int64s.map((n) => int64(n < 0n ? -(n + 1n) : n)),
    step: int64s.map(int64),
  });

  describe('a metric history', () => {
    it('is every point once in order of timestamp, step and value, by pages of any size', async () => {
      await fc.assert(
        fc.asyncProperty(
          fc.array(fc.array(points, { maxLength: 40 }), { maxLength: 8 }),
          fc.integer({ min: 1, max: 50 }),
          async (calls, limit) => {
            const runId = await started();
            for (const call of calls) await log(runId, call);
            const expected = calls
              .flat()
              .sort(compareHistory)
              .filter((p, i, all) => i === 0 || compareHistory(all[i - 1] as MetricPoint, p) !== 0);
            expect(await current().runs.history(background, runId, 'm', { limit: Infinity })).to.deep.equal(expected);
            expect(await paged(runId, 'm', limit)).to.deep.equal(expected);
          },
        ),
        { numRuns: 40 },
      );
    });

    it('keeps long histories whole, logged singly or by the thousand, forwards or backwards', async () => {
      const runId = await started();
      const forwards = Array.from({ length: 700 }, (_, i) => point('single', i, i, i));
      for (let i = 0; i < forwards.length; i += 50) {
        await Promise.all(forwards.slice(i, i + 50).map((p) => log(runId, [p])));
      }
      for (let batch = 4; batch >= 0; batch--) {
        await log(
          runId,
          Array.from({ length: 1000 }, (_, i) => point('batch', i, batch * 1000 + i, i)),
        );
      }
      expect(await current().runs.history(background, runId, 'single', { limit: Infinity })).to.deep.equal(forwards);
      const batches = await paged(runId, 'batch', 999);
      expect(batches.map((p) => p.timestamp)).to.deep.equal(Array.from({ length: 5000 }, (_, i) => i));
    });

    it('is in order by small pages where single points came in any other order', async () => {
      const runId = await started();
      const times = Array.from({ length: 60 }, (_, i) => (i * 37) % 60);
      for (const time of times) await log(runId, [point('m', time, time)]);
      const expected = times.sort((a, b) => a - b);
      expect((await paged(runId, 'm', 7)).map((p) => p.timestamp)).to.deep.equal(expected);
    });

    it('goes on behind a point that others are logged before', async () => {
      const runId = await started();
      await log(runId, [point('m', 1, 10), point('m', 2, 20), point('m', 3, 30)]);
      const [, second] = await current().runs.history(background, runId, 'm', { limit: 2 });
      await log(runId, [point('m', 9, 5), point('m', 8, 25)]);
      const rest = await current().runs.history(background, runId, 'm', { limit: 10, after: second });
      expect(rest.map((p) => p.timestamp)).to.deep.equal([25, 30]);
    });

    it('is of one metric of one run', async () => {
      const [a, b] = [await started(), await started()];
      await log(a, [point('m', 1), point('m/2', 2), point('m 3', 3)]);
      await log(b, [point('m', 4)]);
      const values = async (runId: string, key: string): Promise<number[]> =>
        (await current().runs.history(background, runId, key, { limit: 9 })).map((p) => p.value);
      expect(await values(a, 'm')).to.deep.equal([1]);
      expect(await values(a, 'm/2')).to.deep.equal([2]);
      expect(await values(b, 'm')).to.deep.equal([4]);
      expect(await values(b, 'none')).to.deep.equal([]);
    });

    it('of a key that no metric can have is empty', async () => {
      const runId = await started();
      await log(runId, [point('m', 1)]);
      for (const key of ['', 'm\0', 'm\0\0\0\0\0', 'k'.repeat(20_000), '日'.repeat(900)]) {
        expect(await current().runs.history(background, runId, key, { limit: 9 })).to.deep.equal([]);
        const run = await current().runs.get(background, runId, { params: [key], tags: [key], metrics: [key] });
        expect([run?.params.size, run?.tags.size, run?.metrics.size]).to.deep.equal([0, 0, 0]);
      }
    });
  });
}
