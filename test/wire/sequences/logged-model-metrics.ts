import { api, createExperiment, createModel, createRun, getModel, getRun, sequence } from '../sequence.ts';
import type { Step } from '../sequence.ts';

const logMetric = (fields: Readonly<Record<string, unknown>>): Step =>
  api.post('/runs/log-metric', {
    run_id: '{{run}}',
    key: 'm',
    value: 1,
    timestamp: 1700000000000,
    step: 0,
    model_id: '{{model}}',
    ...fields,
  });
const point = (fields: Readonly<Record<string, unknown>>): Record<string, unknown> => ({
  key: 'm',
  value: 1,
  timestamp: 1700000000000,
  step: 0,
  model_id: '{{model}}',
  ...fields,
});
const logBatch = (metrics: readonly unknown[], fields: Readonly<Record<string, unknown>> = {}): Step =>
  api.post('/runs/log-batch', { run_id: '{{run}}', metrics, ...fields });
const wine = { dataset_name: 'wine', dataset_digest: 'w1' };
const onModel = (name: string, ...steps: readonly Step[]) =>
  sequence(name, createExperiment(), createRun(), createModel(), ...steps, getModel());

/** Metrics that a run logs for a model. */
export const loggedModelMetrics = [
  onModel(
    'one point at a time',
    logMetric({ value: 0.5 }),
    logMetric({ value: 0.25, step: 1, timestamp: 1700000000001 }),
    logMetric({ key: 'on data', value: 0.125, ...wine }),
    logMetric({ key: 'without the model', model_id: undefined }),
    logMetric({ key: 'an empty id', model_id: '' }),
    getModel(),
    getRun(),
  ),
  onModel(
    'in batches, for two models',
    createModel('second'),
    logBatch([
      point({ value: 1 }),
      point({ value: 2, step: 1, ...wine }),
      point({ key: 'n', model_id: '{{second}}' }),
      point({ key: 'none', model_id: undefined }),
    ]),
    getModel('second'),
    getRun(),
  ),
  onModel(
    'the same point again',
    logMetric({ ...wine }),
    logMetric({ ...wine }),
    logBatch([point({ ...wine }), point({ ...wine }), point({ step: 7 })]),
  ),
  onModel(
    'another value at the same place',
    logMetric({ value: 1 }),
    logMetric({ value: 2 }),
    logMetric({ value: 1, ...wine }),
  ),
  onModel(
    'another value at the same place, in a batch',
    logBatch([point({ value: 1 })]),
    logBatch([point({ key: 'other' }), point({ value: 2 })]),
  ),
  onModel('two values at one place within a batch', logBatch([point({ value: 1 }), point({ value: 2 })])),
  onModel(
    'the same place from another run',
    createRun('other'),
    logMetric({ value: 1 }),
    logMetric({ value: 2, run_id: '{{other}}' }),
  ),
  onModel(
    'NaN and infinities',
    logMetric({ key: 'nan', value: 'NaN' }),
    logMetric({ key: 'inf', value: 'Infinity' }),
    logMetric({ key: 'minus', value: '-Infinity' }),
    logBatch([point({ key: 'nan', value: 'NaN', step: 1 })]),
    getRun(),
  ),
  onModel(
    'points that are refused',
    logMetric({ model_id: 'm-none' }),
    logBatch([point({ model_id: 'm-none' })], { params: [{ key: 'p', value: '1' }], tags: [{ key: 't', value: '1' }] }),
    logBatch([point({ key: 'fine' }), point({ key: 'lost', model_id: 'm-none' })]),
    logMetric({ dataset_name: 'wine' }),
    logMetric({ dataset_digest: 'w1' }),
    logBatch([point({ dataset_name: 'wine' })]),
    logMetric({ key: 'a//b' }),
    logMetric({ model_id: 5 }),
    logMetric({ run_id: 'none' }),
    getRun(),
  ),
  onModel(
    'points of a deleted run, and for a deleted model',
    api.delete('/logged-models/{{model}}'),
    logMetric({ key: 'for a deleted model' }),
    api.get('/logged-models/{{model}}', { allow_deleted: 'true' }),
    api.post('/runs/delete', { run_id: '{{run}}' }),
    logMetric({ key: 'of a deleted run' }),
    logBatch([point({ key: 'of a deleted run' })]),
    logMetric({ key: 'of a deleted run', timestamp: -1 }),
    logMetric({ key: 'of a deleted run', timestamp: -1, model_id: undefined }),
    api.get('/logged-models/{{model}}', { allow_deleted: 'true' }),
  ),
  onModel(
    'the model of another experiment',
    api.post('/experiments/create', { name: '{{unique}} 2' }, { capture: { experiment: 'experiment_id' } }),
    createRun('elsewhere'),
    logMetric({ run_id: '{{elsewhere}}', value: 3 }),
  ),
];
