import type { RunStore } from '../../stores/contract/index.ts';
import { positionOf, tokenBehind } from './position.ts';
import { evenSample } from './sample.ts';
import type { MetricService, RunPoint } from './service.ts';

export function createMetricService(runs: RunStore): MetricService {
  return {
    async history(context, { runId, key, maxResults = Infinity, pageToken = '' }) {
      const after = pageToken === '' ? undefined : positionOf(pageToken, key);
      const points = await runs.history(context, runId, key, { after, limit: maxResults + 1 });
      const page = points.length > maxResults ? points.slice(0, maxResults) : points;
      const last = page.at(-1);
      return page === points || last === undefined ? { points } : { points: page, nextPageToken: tokenBehind(last) };
    },

    async bulkHistory(context, runIds, key, maxResults) {
      const found: RunPoint[] = [];
      for (const runId of [...new Set(runIds)].sort()) {
        if (found.length >= maxResults) break;
        const points = await runs.history(context, runId, key, { limit: maxResults - found.length });
        for (const point of points) found.push({ ...point, runId });
      }
      return found;
    },

    async sample(context, { runIds, key, maxResults, steps }) {
      const samples = new Map<string, readonly RunPoint[]>();
      for (const runId of new Set(runIds)) {
        const points = await runs.history(context, runId, key, { limit: Infinity });
        const asked = steps ? points.filter(({ step }) => step >= steps.start && step <= steps.end) : points;
        samples.set(
          runId,
          evenSample(asked, maxResults).map((point) => ({ ...point, runId })),
        );
      }
      return runIds.flatMap((runId) => samples.get(runId) ?? []);
    },
  };
}
