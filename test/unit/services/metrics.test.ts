import { expect } from 'chai';
import fc from 'fast-check';
import { background } from '../../../backend/call-context.ts';
import type { MetricPoint } from '../../../backend/entities/metric.ts';
import { createMetricService } from '../../../backend/services/metrics.ts';
import type { MetricService } from '../../../backend/services/metrics.ts';
import { evenSample } from '../../../backend/services/metrics/sample.ts';
import { createRunService } from '../../../backend/services/runs.ts';
import type { RunService } from '../../../backend/services/runs.ts';
import { refusalOf } from '../../support/refusal.ts';
import { openTemporaryStore } from './temporary-store.ts';
import type { TemporaryStore } from './temporary-store.ts';

const at = (step: number, value = 0): MetricPoint => ({ key: 'm', value, timestamp: step, step });

describe('metric histories', () => {
  let temporary: TemporaryStore;
  let metrics: MetricService;
  let runs: RunService;
  before(async () => {
    temporary = await openTemporaryStore();
    metrics = createMetricService(temporary.store.runs);
    runs = createRunService(temporary.store);
  });
  after(() => temporary.remove());

  async function runWith(...points: MetricPoint[]): Promise<string> {
    const request = { experimentId: '0', userId: '', runName: '', startTime: 0, tags: [] };
    const { run } = await runs.create(background, request);
    await runs.logBatch(background, run.info.runId, { metrics: points, params: [], tags: [] });
    return run.info.runId;
  }

  it('pages without skipping or repeating, though points are logged between the pages', async () => {
    const values = [NaN, 0, -1.5, 5e-324];
    const points = Array.from({ length: 20 }, (_, i) => ({ ...at(2 * (i >> 2)), value: values[i % 4] ?? 0 }));
    const runId = await runWith(...points);
    const seen: string[] = [];
    let pageToken: string | undefined;
    do {
      const page = await metrics.history(background, { runId, key: 'm', maxResults: 3, pageToken });
      seen.push(...page.points.map(({ step, value }) => `${step}:${value}`));
      // Before all pages that are still to come, and so invisible to them.
      await runs.logMetric(background, runId, { ...at(0), timestamp: 0, value: -100 - seen.length });
      pageToken = page.nextPageToken;
    } while (pageToken !== undefined);
    const expected = [0, 2, 4, 6, 8].flatMap((step) =>
      ['-1.5', '0', 'NaN', '5e-324'].map((value) => `${step}:${value}`),
    );
    expect(seen).to.deep.equal(expected);
  });

  it('gives no token with a last page that is full', async () => {
    const runId = await runWith(at(1), at(2));
    expect((await metrics.history(background, { runId, key: 'm', maxResults: 2 })).nextPageToken).to.equal(undefined);
    expect((await metrics.history(background, { runId: 'nope', key: 'm' })).points).to.deep.equal([]);
  });

  it("refuses a token that is none, in MLflow's words", async () => {
    const refused = (pageToken: string): Promise<string> =>
      refusalOf(metrics.history(background, { runId: 'r', key: 'm', pageToken }));
    const start = 'INVALID_PARAMETER_VALUE Invalid page token, ';
    expect(await refused('bad')).to.equal(`${start}could not base64-decode`);
    expect(await refused('abcd')).to.equal(`${start}decoded value=b'i\\xb7\\x1d'`);
    expect(await refused('e30=')).to.equal(`${start}parsed value={}`);
    expect(await refused('W10=')).to.equal(`${start}parsed value=[]`);
  });

  it('reads many runs, each once, by run id, up to a limit over all of them', async () => {
    const ids = [await runWith(at(1), at(2)), await runWith(at(3)), await runWith()].sort();
    const found = await metrics.bulkHistory(background, [...ids, ...ids].reverse(), 'm', 100);
    expect(found.map(({ runId }) => runId)).to.deep.equal(found.map(({ runId }) => runId).sort());
    expect(found).to.have.length(3);
    expect(await metrics.bulkHistory(background, ids, 'm', 2)).to.deep.equal(found.slice(0, 2));
  });

  it('samples by step, within the steps asked for', async () => {
    const runId = await runWith(...[5, 3, 1, 4, 2].map((step) => ({ ...at(step), timestamp: 10 - step })));
    const steps = async (maxResults: number, between?: { start: number; end: number }) =>
      (await metrics.sample(background, { runIds: [runId], key: 'm', maxResults, steps: between })).map(
        ({ step }) => step,
      );
    expect(await steps(10)).to.deep.equal([1, 2, 3, 4, 5]);
    expect(await steps(2)).to.deep.equal([1, 5]);
    expect(await steps(1)).to.deep.equal([5]);
    expect(await steps(10, { start: 2, end: 3 })).to.deep.equal([2, 3]);
  });

  it('samples evenly: as many as asked for, in order, from the first to the last', () => {
    fc.assert(
      fc.property(fc.integer({ min: 0, max: 300 }), fc.integer({ min: 2, max: 40 }), (length, count) => {
        const sample = evenSample(
          Array.from({ length }, (_, i) => at(i)),
          count,
        ).map(({ step }) => Number(step));
        expect(sample).to.have.length(Math.min(length, count));
        if (length === 0) return;
        expect([sample[0], sample.at(-1)]).to.deep.equal([0, length - 1]);
        const gaps = sample.slice(1, -1).map((step, i) => step - (sample[i] ?? 0));
        if (gaps.length > 0) expect(Math.max(...gaps) - Math.min(...gaps)).to.be.at.most(1);
      }),
    );
  });
});
