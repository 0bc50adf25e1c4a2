import { api, createExperiment, createRun, only, request } from '../../wire/sequence.ts';
import { badInputArea } from '../generate/bad-input.ts';
import { get, onAjax, post } from '../generate/operations.ts';
import type { Operation } from '../generate/operations.ts';

const experiment_id = '{{experiment}}';
const run_id = '{{run}}';
const pair = { key: 'a', value: 'x' };
const point = { key: 'm', value: 0.5, timestamp: 1700000000000, step: 1 };
const own = { experiment_ids: [experiment_id], filter: "tags.a = 'x'", order_by: ['metrics.m DESC'] };

const search = { view_type: 'ALL', order_by: ['name'], max_results: 5, page_token: '' };
/** Other sequences have experiments, too: the filter stays. */
const searched = ({ fields, step }: Operation): Operation => ({
  fields,
  step: (sent) => only('experiments', 'name', step({ ...sent, filter: "name LIKE '{{unique}}%'" })),
});

const operations: readonly Operation[] = [
  post('/experiments/create', { name: '{{unique}} other', tags: [pair], artifact_location: 's3://b/a' }),
  post('/experiments/update', { experiment_id, new_name: '{{unique}} new' }),
  post('/experiments/delete', { experiment_id }),
  post('/experiments/restore', { experiment_id }),
  post('/experiments/set-experiment-tag', { experiment_id, ...pair }),
  post('/experiments/delete-experiment-tag', { experiment_id, key: 'a' }),
  get('/experiments/get', { experiment_id }),
  get('/experiments/get-by-name', { experiment_name: '{{unique}}' }),
  searched(post('/experiments/search', search)),
  searched(get('/experiments/search', { ...search, max_results: '5' })),
  post('/runs/create', { experiment_id, run_name: 'r', user_id: 'ada', start_time: 1700000000000, tags: [pair] }),
  post('/runs/update', { run_id, status: 'FINISHED', end_time: 1700000000001, run_name: 'renamed' }),
  post('/runs/delete', { run_id }),
  post('/runs/restore', { run_id }),
  post('/runs/set-tag', { run_id, ...pair }),
  post('/runs/delete-tag', { run_id, key: 'a' }),
  post('/runs/log-parameter', { run_id, ...pair }),
  post('/runs/log-metric', { run_id, ...point }),
  post('/runs/log-batch', { run_id, metrics: [point], params: [pair], tags: [pair] }),
  post('/runs/search', { ...own, run_view_type: 'ALL', max_results: 5, page_token: '' }),
  get('/runs/get', { run_id }),
  get('/metrics/get-history', { run_id, metric_key: 'm', max_results: '5', page_token: '' }),
  get('/metrics/get-history-bulk', { run_id: [run_id], metric_key: 'm', max_results: '5' }, onAjax),
  get('/metrics/get-history-bulk-interval', {
    ...{ run_ids: [run_id], metric_key: 'm', start_step: '0', end_step: '5', max_results: '5' },
  }),
  ...['/api/3.0/mlflow/server-info', '/health', '/version'].map((path) => ({
    fields: {},
    step: () => request('GET', path),
  })),
];

export const badInput = badInputArea({
  name: 'bad input',
  start: [createExperiment(), createRun()],
  operations,
  names: ['name', 'new_name', 'experiment_name'],
  deletions: [
    api.post('/runs/delete', { run_id }),
    api.post('/experiments/delete', { experiment_id }),
    api.post('/runs/restore', { run_id }),
    api.post('/experiments/restore', { experiment_id }),
  ],
});
