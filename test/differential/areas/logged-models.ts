import fc from 'fast-check';
import { ajax, api, createExperiment, createModel, createRun, pausing } from '../../wire/sequence.ts';
import type { Step } from '../../wire/sequence.ts';
import type { Area } from '../area.ts';
import { key, maybe, metricValue, mostly, present, step, timestamp, value } from '../generate/texts.ts';

type Fields = Readonly<Record<string, unknown>>;

const modelId = mostly(['{{model}}', '{{second}}'], ['m-none', '']);
const pairs = fc.array(fc.record({ key, value }), { maxLength: 3 });
const status = mostly<unknown>(
  ['LOGGED_MODEL_READY', 'LOGGED_MODEL_UPLOAD_FAILED', 'LOGGED_MODEL_PENDING'],
  ['READY', 'LOGGED_MODEL_STATUS_UNSPECIFIED', 0, 2, 9, '2', null],
);
const name = mostly(['classifier', 'b', ''], ['a/b', "it's", 'a.b', 'é', 'n'.repeat(501)]);
const datasetName = mostly(['wine', 'iris'], ['', 'é', 'd'.repeat(500), 'd'.repeat(501)]);
const digest = mostly(['1', '2'], ['', 'd'.repeat(36), 'd'.repeat(37)]);
const context = mostly(['train', 'eval'], ['', 'é', 'c'.repeat(501)]);

const of = (
  fields: Readonly<Record<string, fc.Arbitrary<unknown>>>,
  make: (fields: Fields) => Step,
): fc.Arbitrary<Step> => fc.record(fields).map((given) => make(present(given as Fields)));
const at = (id: unknown, rest = ''): string => `/logged-models/${String(id) || 'm-none'}${rest}`;
const run_id = fc.constant('{{run}}');
const experiment_id = fc.constant('{{experiment}}');

const point = fc.record({
  key,
  value: metricValue,
  timestamp,
  step: maybe(step),
  model_id: maybe(modelId),
  dataset_name: maybe(datasetName),
  dataset_digest: maybe(digest),
});
const dataset = fc.record({
  dataset: fc.record({
    name: datasetName,
    digest,
    source_type: fc.constant('local'),
    source: fc.constantFrom('a', 'b', ''),
    schema: maybe(fc.constantFrom('{}', '')),
    profile: maybe(fc.constantFrom('p', '')),
  }),
  tags: maybe(
    fc.array(fc.record({ key: fc.constantFrom('mlflow.data.context', 'other'), value: context }), { maxLength: 2 }),
  ),
});

const onModels = fc.oneof(
  of({ experiment_id, name, params: maybe(pairs), tags: maybe(pairs) }, (fields) =>
    pausing(api.post('/logged-models', fields)),
  ),
  of({ model_id: modelId, status }, (fields) => api.patch(at(fields['model_id']), fields)),
  of({ model_id: modelId, tags: pairs }, (fields) => api.patch(at(fields['model_id'], '/tags'), fields)),
  of({ model_id: modelId, params: pairs }, (fields) => api.post(at(fields['model_id'], '/params'), fields)),
  of({ model_id: modelId }, (fields) => api.get(at(fields['model_id']), { allow_deleted: 'true' })),
  of({ model_id: modelId, tag: fc.constantFrom('a', 'b', 'c d', 'none') }, (fields) =>
    api.delete(at(fields['model_id'], `/tags/${encodeURIComponent(String(fields['tag']))}`)),
  ),
  fc.constantFrom(api.delete(at('{{model}}')), api.get(at('{{model}}')), api.get(at('{{second}}'))),
);
const onRuns = fc.oneof(
  point.map((fields) => api.post('/runs/log-metric', present({ run_id: '{{run}}', ...fields }))),
  fc
    .array(point, { maxLength: 4 })
    .map((metrics) => api.post('/runs/log-batch', { run_id: '{{run}}', metrics: metrics.map(present) })),
  of(
    {
      run_id,
      datasets: maybe(fc.array(dataset, { maxLength: 3 })),
      models: maybe(fc.array(fc.record({ model_id: modelId }), { maxLength: 2 })),
    },
    (fields) => api.post('/runs/log-inputs', fields),
  ),
  of({ run_id, models: fc.array(fc.record({ model_id: modelId, step: maybe(step) }), { maxLength: 2 }) }, (fields) =>
    api.post('/runs/outputs', fields),
  ),
  fc.constantFrom(api.post('/runs/delete', { run_id: '{{run}}' }), api.post('/runs/restore', { run_id: '{{run}}' })),
);
const reads = fc.constantFrom(
  api.get('/runs/get', { run_id: '{{run}}' }),
  api.post('/runs/search', { experiment_ids: ['{{experiment}}'], filter: "dataset.name = 'wine'" }),
  api.post('/runs/search', { experiment_ids: ['{{experiment}}'], filter: "dataset.context LIKE 't%'" }),
  api.post('/logged-models/search', {
    experiment_ids: ['{{experiment}}'],
    order_by: [{ field_name: 'creation_time' }],
  }),
  ajax.post('/experiments/search-datasets', { experiment_ids: ['{{experiment}}'] }),
);

export const loggedModels: Area = {
  name: 'logged models',
  needs: '/2.0/mlflow/logged-models',
  sequences: fc
    .array(
      fc.oneof({ weight: 4, arbitrary: onModels }, { weight: 4, arbitrary: onRuns }, { weight: 2, arbitrary: reads }),
      { minLength: 1, maxLength: 8 },
    )
    .map((steps) => [
      createExperiment(),
      createRun(),
      pausing(createModel()),
      pausing(createModel('second')),
      ...steps,
    ]),
};
