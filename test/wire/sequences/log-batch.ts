import { api, createExperiment, createRun, getRun, sequence } from '../sequence.ts';
import type { Step } from '../sequence.ts';

const batch = (fields: Record<string, unknown>): Step => api.post('/runs/log-batch', { run_id: '{{run}}', ...fields });
const history = (key: string): Step => api.get('/metrics/get-history', { run_id: '{{run}}', metric_key: key });
const metric = (key: string, value: number | string, step = 0, timestamp = 1700000000000) => ({
  key,
  value,
  step,
  timestamp,
});
const many = (count: number, make: (index: number) => unknown) =>
  Array.from({ length: count }, (_none, index) => make(index));
const onRun = (name: string, ...steps: readonly Step[]) =>
  sequence(name, createExperiment(), createRun(), ...steps, getRun());

export const logBatch = [
  onRun(
    'metrics, params and tags at once',
    batch({
      metrics: [metric('loss', 0.9), metric('loss', 0.5, 1), metric('acc', 0.25)],
      params: [{ key: 'lr', value: '0.1' }],
      tags: [{ key: 'stage', value: 'train' }],
    }),
    history('loss'),
  ),
  onRun('nothing in the batch', batch({}), batch({ metrics: [], params: [], tags: [] })),
  onRun(
    'the latest metric out of one batch, with what was there',
    batch({ metrics: [metric('m', 1, 5), metric('m', 2, 3)] }),
    batch({ metrics: [metric('m', 3, 4), metric('m', 4, 5, 1700000000001), metric('m', 5, 5, 1600000000000)] }),
    history('m'),
  ),
  onRun(
    'equal points in one batch are one point',
    batch({ metrics: [metric('m', 1), metric('m', 1), metric('m', 2)] }),
    history('m'),
  ),
  onRun(
    'NaN and infinities in a batch',
    batch({ metrics: [metric('a', 'NaN'), metric('b', 'Infinity'), metric('c', '-Infinity'), metric('a', 7)] }),
    history('a'),
  ),
  sequence(
    'a bare NaN in a batch',
    createExperiment(),
    createRun(),
    api.post('/runs/log-batch', '{"run_id":"{{run}}","metrics":[{"key":"a","value":NaN,"timestamp":1,"step":0}]}'),
    history('a'),
  ),
  onRun(
    'int64 in a batch is exact',
    api.post(
      '/runs/log-batch',
      '{"run_id":"{{run}}","metrics":[{"key":"a","value":1.5,"timestamp":9007199254740993,"step":-9223372036854775808}]}',
    ),
    api.post(
      '/runs/log-batch',
      '{"run_id":"{{run}}","metrics":[{"key":"b","value":1.5,"timestamp":1,"step":9223372036854775808}]}',
    ),
  ),
  onRun(
    'missing fields are named by their place',
    batch({ metrics: [{ value: 1, timestamp: 1 }] }),
    batch({ metrics: [metric('a', 1), { key: 'a', timestamp: 1 }] }),
    batch({ metrics: [metric('a', 1), metric('b', 1), { key: 'a', value: 1 }] }),
    batch({ params: [{ value: 'x' }] }),
    batch({ tags: [{ key: 'a', value: 'b' }, { value: 'x' }] }),
    batch({ metrics: [{ key: '', value: 1, timestamp: 1 }] }),
    batch({ metrics: [{ key: 'a', value: 1, timestamp: null }] }),
  ),
  onRun(
    'wrong types',
    batch({ metrics: 'a' }),
    batch({ metrics: { key: 'a' } }),
    batch({ params: [{ key: 'a', value: 1 }] }),
    batch({ tags: [{ key: 1, value: 'a' }] }),
    batch({ metrics: [metric('a', 'high')] }),
    batch({ metrics: [{ key: 'a', value: 1, timestamp: 'now', step: 0 }] }),
  ),
  onRun(
    'keys that are refused are named by their place',
    batch({ metrics: [metric('ok', 1), metric('a=b', 1)] }),
    batch({ params: [{ key: '/a', value: 'x' }] }),
    batch({
      tags: [
        { key: 'ok', value: 'x' },
        { key: 'a//b', value: 'x' },
      ],
    }),
    batch({ metrics: [metric('k'.repeat(251), 1)] }),
    batch({ params: [{ key: 'k'.repeat(251), value: 'x' }] }),
    batch({ params: [{ key: 'long', value: 'x'.repeat(6001) }] }),
    batch({ tags: [{ key: 'long', value: 'x'.repeat(8001) }] }),
  ),
  onRun(
    'one bad entry and nothing of the batch is there',
    batch({
      metrics: [metric('good', 1)],
      params: [{ key: 'good', value: '1' }],
      tags: [{ key: 'bad//key', value: '1' }],
    }),
  ),
  onRun(
    'a param key twice in one batch',
    batch({
      params: [
        { key: 'a', value: '1' },
        { key: 'a', value: '1' },
      ],
    }),
    batch({
      params: [
        { key: 'b', value: '1' },
        { key: 'b', value: '2' },
      ],
    }),
  ),
  onRun(
    'a param that is there: the same value, another value, and what else was in the batch',
    batch({ params: [{ key: 'a', value: '1' }] }),
    batch({
      params: [
        { key: 'a', value: '1' },
        { key: 'b', value: '2' },
      ],
    }),
    batch({
      params: [
        { key: 'a', value: '9' },
        { key: 'c', value: '3' },
      ],
      metrics: [metric('m', 1)],
      tags: [{ key: 't', value: '1' }],
    }),
  ),
  onRun(
    'a tag key twice in one batch',
    batch({
      tags: [
        { key: 'a', value: '1' },
        { key: 'a', value: '2' },
      ],
    }),
  ),
  onRun('the name by a tag in a batch', batch({ tags: [{ key: 'mlflow.runName', value: 'renamed' }] })),
  sequence(
    'a batch takes 1000 metrics',
    createExperiment(),
    createRun(),
    batch({ metrics: many(1000, (index) => metric('m', index, index)) }),
    batch({ metrics: many(1001, (index) => metric('n', index, index)) }),
    getRun(),
  ),
  sequence(
    'a batch takes 100 params and 100 tags',
    createExperiment(),
    createRun(),
    batch({ params: many(100, (index) => ({ key: `p${String(index)}`, value: 'v' })) }),
    batch({ params: many(101, (index) => ({ key: `q${String(index)}`, value: 'v' })) }),
    batch({ tags: many(100, (index) => ({ key: `t${String(index)}`, value: 'v' })) }),
    batch({ tags: many(101, (index) => ({ key: `u${String(index)}`, value: 'v' })) }),
    api.post('/runs/search', { experiment_ids: ['{{experiment}}'], filter: "params.p99 = 'v' and tags.t99 = 'v'" }),
  ),
  sequence(
    'a batch takes 1000 entries in all',
    createExperiment(),
    createRun(),
    batch({
      metrics: many(950, (index) => metric('m', index, index)),
      params: many(50, (index) => ({ key: `p${String(index)}`, value: 'v' })),
      tags: [{ key: 'one too many', value: 'v' }],
    }),
    batch({
      metrics: many(950, (index) => metric('m', index, index)),
      params: many(50, (index) => ({ key: `p${String(index)}`, value: 'v' })),
    }),
    api.get('/metrics/get-history', { run_id: '{{run}}', metric_key: 'm', max_results: '2' }),
  ),
  sequence(
    'a batch larger than a million bytes',
    createExperiment(),
    createRun(),
    batch({ padding: 'x'.repeat(1_000_001) }),
    batch({ tags: [{ key: 'a', value: 'b' }], padding: 'x'.repeat(999_000) }),
  ),
  sequence(
    'a run that is not there or not named',
    api.post('/runs/log-batch', { run_id: 'f'.repeat(32), tags: [{ key: 'a', value: 'b' }] }),
    api.post('/runs/log-batch', { tags: [{ key: 'a', value: 'b' }] }),
    api.post('/runs/log-batch', {}),
    api.post('/runs/log-batch', { run_id: 12 }),
    api.post('/runs/log-batch', { run_uuid: 'f'.repeat(32) }),
  ),
];
