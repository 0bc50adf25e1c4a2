import { ajax, api, createExperiment, createRun, needing, only, sequence } from '../sequence.ts';
import type { Query, Step } from '../sequence.ts';

const history = (query: Readonly<Record<string, string | number>> = {}): Step =>
  api.get('/metrics/get-history', { run_id: '{{run}}', metric_key: 'm', ...query });
const paged = (token: string, query: Readonly<Record<string, string | number>>): Step => ({
  ...history(query),
  capture: { [token]: 'next_page_token' },
});
const bulk = (query: Query): Step => ajax.get('/metrics/get-history-bulk', query);
const interval = (query: Query): Step => api.get('/metrics/get-history-bulk-interval', query);
/** The steps that sampling chose. */
const sampled = (query: Readonly<Record<string, string | number>>): Step =>
  only('metrics', 'step', interval({ run_ids: '{{run}}', metric_key: 'm', ...query }));

type Point = readonly [value: number | string, step: number, timestamp: number];
const log = (run: string, key: string, points: readonly Point[]): Step =>
  api.post('/runs/log-batch', {
    run_id: `{{${run}}}`,
    metrics: points.map(([value, step, timestamp]) => ({ key, value, step, timestamp })),
  });
const line = (count: number): Point[] =>
  Array.from({ length: count }, (_none, step) => [step / 4, step, 1700000000000 + step]);
const onRun = (name: string, points: readonly Point[], ...steps: readonly Step[]) =>
  sequence(name, createExperiment(), createRun(), log('run', 'm', points), ...steps);
const deleteRun = api.post('/runs/delete', { run_id: '{{run}}' });
/** Both ids in one list; which of two random ids is the smaller differs, so only one run has points. */
const bothRuns = 'run_id={{run}}&run_id={{empty}}&metric_key=m';

const mixed: readonly Point[] = [
  [3, 2, 5],
  [1, 9, 4],
  [2, 2, 5],
  ['NaN', 2, 5],
  ['Infinity', 1, 5],
  ['-Infinity', 3, 4],
];

export const metricHistory = [
  onRun('points by timestamp, then step, then value', mixed, history()),
  onRun('a metric that was never logged', [], history(), history({ max_results: 5 })),
  onRun(
    'pages: a full last page has no token',
    line(5),
    paged('second', { max_results: 2 }),
    { ...paged('third', { max_results: 2, page_token: '{{second}}' }) },
    history({ max_results: 2, page_token: '{{third}}' }),
    history({ max_results: 5 }),
    history({ page_token: '{{second}}' }),
  ),
  onRun(
    'max_results at its bounds',
    line(2),
    history({ max_results: 0 }),
    history({ max_results: -1 }),
    history({ max_results: 'x' }),
    history({ max_results: 1.5 }),
    history({ max_results: 2147483647 }),
    history({ max_results: 2147483648 }),
  ),
  onRun(
    'page tokens that are none',
    line(2),
    history({ page_token: 'nonsense' }),
    history({ page_token: '' }),
    history({ page_token: 'e30=' }),
  ),
  sequence(
    'fields that are missing',
    createExperiment(),
    createRun(),
    api.get('/metrics/get-history'),
    api.get('/metrics/get-history', { metric_key: 'm' }),
    api.get('/metrics/get-history', { run_id: '{{run}}' }),
    api.get('/metrics/get-history', { run_id: '{{run}}', metric_key: '' }),
    api.get('/metrics/get-history', { run_id: 'f'.repeat(32), metric_key: 'm' }),
    api.get('/metrics/get-history', { run_uuid: '{{run}}', metric_key: 'm' }),
  ),
  onRun('the history of a deleted run', line(2), deleteRun, history()),
  onRun('keys with slashes, spaces and other scripts', [], ...weirdKeys()),
  onRun('the ajax-api twin', line(2), ajax.get('/metrics/get-history', { run_id: '{{run}}', metric_key: 'm' })),
  sequence(
    'a thousand points over two batches',
    createExperiment(),
    createRun(),
    log('run', 'm', line(900)),
    log('run', 'm', line(1000).slice(900)),
    only('metrics', 'step', history({ max_results: 3 })),
    only('metrics', 'step', history()),
  ),
  onRun('bulk: points with their run', mixed, bulk({ run_id: '{{run}}', metric_key: 'm' })),
  onRun(
    'bulk: several runs, one without points, one that is not there',
    line(2),
    createRun('empty'),
    bulk(bothRuns),
    bulk({ run_id: ['{{run}}', 'f'.repeat(32)], metric_key: 'm' }),
  ),
  onRun(
    'bulk: max_results, and fields that are missing',
    line(3),
    bulk({ run_id: '{{run}}', metric_key: 'm', max_results: '2' }),
    bulk({ metric_key: 'm' }),
    bulk({ run_id: '{{run}}' }),
    bulk({ run_id: '', metric_key: 'm' }),
    bulk({ run_id: '{{run}}', metric_key: 'none' }),
    bulk({ run_id: Array.from({ length: 101 }, (_none, index) => String(index)), metric_key: 'm' }),
  ),
  onRun('bulk: a deleted run', line(2), deleteRun, bulk({ run_id: '{{run}}', metric_key: 'm' })),
  onRun('interval: all points when there are few', mixed, interval({ run_ids: '{{run}}', metric_key: 'm' })),
  onRun(
    'interval: evenly sampled, with the last',
    line(100),
    sampled({ max_results: 10 }),
    sampled({ max_results: 7 }),
    sampled({ max_results: 1 }),
    sampled({ max_results: 2 }),
    sampled({ max_results: 99 }),
    sampled({ max_results: 100 }),
    sampled({ max_results: 5, start_step: 10, end_step: 39 }),
    sampled({ start_step: 95, end_step: 200 }),
    sampled({ start_step: 50, end_step: 50 }),
    sampled({ start_step: -10, end_step: -1 }),
  ),
  onRun(
    'interval: many points of one step',
    Array.from({ length: 40 }, (_none, index): Point => [index, 0, 1700000000000 + index]),
    interval({ run_ids: '{{run}}', metric_key: 'm', max_results: 4 }),
  ),
  onRun(
    'interval: bounds of its fields',
    line(3),
    sampled({ max_results: 0 }),
    sampled({ max_results: 2501 }),
    sampled({ max_results: 2500 }),
    sampled({ max_results: 'x' }),
    sampled({ start_step: 1 }),
    sampled({ start_step: '1.0' }),
    sampled({ end_step: 1 }),
    sampled({ start_step: 2, end_step: 1 }),
    sampled({ start_step: 'x', end_step: 1 }),
  ),
  onRun(
    'interval: runs that are missing or too many',
    line(2),
    interval({ metric_key: 'm' }),
    interval({ run_ids: '{{run}}' }),
    interval({ run_ids: 'f'.repeat(32), metric_key: 'm' }),
    interval({ run_ids: ['{{run}}', 'f'.repeat(32)], metric_key: 'm' }),
    interval({ run_ids: Array.from({ length: 101 }, (_none, index) => String(index)), metric_key: 'm' }),
    ajax.get('/metrics/get-history-bulk-interval', { run_ids: '{{run}}', metric_key: 'm' }),
  ),
  // Knox sends a pair that a query has twice only once.
  ...needing(
    ['straight'],
    [onRun('interval: one run twice', line(2), interval({ run_ids: ['{{run}}', '{{run}}'], metric_key: 'm' }))],
  ),
];

function weirdKeys(): Step[] {
  return ['val/loss', 'a b', 'größe', 'a:b.c-d_e'].flatMap((key) => [
    log('run', key, [[1, 0, 1]]),
    api.get('/metrics/get-history', { run_id: '{{run}}', metric_key: key }),
  ]);
}
