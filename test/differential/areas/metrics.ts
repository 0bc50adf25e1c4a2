import fc from 'fast-check';
import { ajax, api, createExperiment, createRun } from '../../wire/sequence.ts';
import type { Query, Step } from '../../wire/sequence.ts';
import type { Area } from '../area.ts';
import { maybe, metricValue, mostly, present, step, timestamp } from '../generate/texts.ts';

const key = mostly(['m', 'n'], ['M', 'none', 'a/b', '']);
const run = fc.constantFrom('{{run}}', '{{run}}', '{{run}}', '{{other}}');
const point = fc.record({ key, value: metricValue, timestamp, step }).map(present);
/** Values that every server takes, so that histories get long. */
const goodPoint = fc.record({
  key: fc.constant('m'),
  value: fc.constantFrom<number | string>(1, 2, 0.5, 0, 'NaN', 'Infinity', -1),
  timestamp: fc.integer({ min: 0, max: 3 }),
  step: fc.integer({ min: -2, max: 12 }),
});

const logMetric = fc.tuple(run, point).map(([run_id, fields]) => api.post('/runs/log-metric', { run_id, ...fields }));
const logBatch = fc
  .tuple(run, fc.array(goodPoint, { maxLength: 20 }))
  .map(([run_id, metrics]) => api.post('/runs/log-batch', { run_id, metrics }));
const count = mostly<number | string>([1, 2, 3, 5, 100], [0, -1, 2500, 2501, 25000, 25001, 'x', '', '1.5', ' 2 ']);

const history = fc.tuple(run, key, maybe(count)).map(([run_id, metric_key, max_results]): Step[] => {
  const query = present({ run_id, metric_key, max_results }) as Query;
  const capture = { token: 'next_page_token' };
  const first = api.get('/metrics/get-history', query, { capture });
  if (max_results === undefined) return [first];
  const next = api.get('/metrics/get-history', { ...(query as object), page_token: '{{token}}' }, { capture });
  return [first, next, next];
});
const ids = fc.array(fc.oneof({ weight: 6, arbitrary: run }, { weight: 1, arbitrary: fc.constantFrom('x', '') }), {
  maxLength: 3,
});
const bulk = fc
  .record({ run_id: ids, metric_key: maybe(key), max_results: maybe(count) })
  .map((query) => [ajax.get('/metrics/get-history-bulk', present(query) as Query)]);
const bound = mostly<number | string>([0, 1, 3, 10], [-5, 'x', '', '1.0', '99999999999']);
const interval = fc
  .record({
    run_ids: ids,
    metric_key: maybe(key),
    start_step: maybe(bound),
    end_step: maybe(bound),
    max_results: maybe(count),
  })
  .map((query) => [api.get('/metrics/get-history-bulk-interval', present(query) as Query)]);

export const metrics: Area = {
  name: 'metrics',
  sequences: fc
    .array(
      fc.oneof(
        { weight: 2, arbitrary: logMetric.map((one) => [one]) },
        { weight: 3, arbitrary: logBatch.map((one) => [one]) },
        { weight: 2, arbitrary: history },
        { weight: 4, arbitrary: fc.oneof(bulk, interval) },
      ),
      { minLength: 2, maxLength: 6 },
    )
    .map((steps) => [
      createExperiment(),
      createRun('run'),
      createRun('other'),
      ...steps.flat(),
      api.get('/runs/get', { run_id: '{{run}}' }),
    ]),
};
