import { api, createExperiment, createModel, createRun, getRun, sequence } from '../sequence.ts';
import type { Step } from '../sequence.ts';

export const dataset = (name: string, fields: Readonly<Record<string, unknown>> = {}): Record<string, unknown> => ({
  name,
  digest: `digest-${name}`,
  source_type: 'local',
  source: '{"uri": "a.csv"}',
  schema: '{"mlflow_colspec": []}',
  profile: '{"num_rows": 2}',
  ...fields,
});
export const logInputs = (run: string, datasets: unknown, models?: unknown): Step =>
  api.post('/runs/log-inputs', { run_id: `{{${run}}}`, datasets, models });
const logOutputs = (run: string, models: unknown): Step => api.post('/runs/outputs', { run_id: `{{${run}}}`, models });
const context = (value: string) => ({ key: 'mlflow.data.context', value });
const searchRuns = (filter = ''): Step => api.post('/runs/search', { experiment_ids: ['{{experiment}}'], filter });
const named = (filter: string): Step => ({ ...searchRuns(filter), pick: ['runs', 'info.run_name'] });
const onRun = (name: string, ...steps: readonly Step[]) => sequence(name, createExperiment(), createRun(), ...steps);
const logModel = (model: unknown, run = '{{run}}'): Step =>
  api.post('/runs/log-model', {
    run_id: run,
    model_json: typeof model === 'string' ? model : JSON.stringify(model),
  });
const legacy = {
  artifact_path: 'model',
  flavors: { python_function: { loader_module: 'mlflow.sklearn', config: { a: 1 } }, sklearn: { version: '1.0' } },
  utc_time_created: '2026-01-02 03:04:05.678901',
  run_id: 'r',
};

export const runLinks = [
  onRun(
    'datasets of a run, in get and in search',
    logInputs('run', [
      { dataset: dataset('wine'), tags: [context('train'), { key: 'b', value: '' }] },
      { dataset: dataset('iris', { schema: undefined, profile: undefined }) },
    ]),
    getRun(),
    searchRuns(),
    logInputs('run', [{ dataset: dataset('empty', { schema: '', profile: '' }) }]),
    getRun(),
  ),
  onRun(
    'the same dataset again, from this run and another',
    createRun('other'),
    logInputs('run', [
      { dataset: dataset('wine'), tags: [context('train')] },
      { dataset: dataset('wine', { source: 'second' }), tags: [context('eval')] },
    ]),
    logInputs('run', [{ dataset: dataset('wine', { source: 'third' }), tags: [context('test')] }]),
    logInputs('other', [{ dataset: dataset('wine', { source: 'fourth', profile: 'p' }), tags: [context('other')] }]),
    getRun(),
    getRun('other'),
  ),
  onRun(
    'datasets that are refused',
    logInputs('run', [{ dataset: { name: 'a' } }]),
    logInputs('run', [{ tags: [] }]),
    logInputs('run', [{}]),
    logInputs('run', 'x'),
    logInputs('run', [1]),
    logInputs('run', [{ dataset: dataset('n'.repeat(501)) }]),
    logInputs('run', [{ dataset: dataset('a', { digest: 'd'.repeat(37) }) }]),
    logInputs('run', [{ dataset: dataset('a', { source: 's'.repeat(65_536) }) }]),
    logInputs('run', [{ dataset: dataset('a'), tags: [{ key: 'k'.repeat(256), value: '' }] }]),
    logInputs('run', [{ dataset: dataset('a'), tags: [{ key: 'k', value: 'v'.repeat(501) }] }]),
    logInputs('run', [{ dataset: dataset('a'), tags: [{ value: 'v' }] }]),
    logInputs('run', [
      {
        dataset: dataset('twice'),
        tags: [
          { key: 'k', value: '1' },
          { key: 'k', value: '2' },
        ],
      },
    ]),
    api.post('/runs/log-inputs', { datasets: [] }),
    api.post('/runs/log-inputs', { run_id: 'none', datasets: [] }),
    api.post('/runs/log-inputs', { run_id: 'no/id', datasets: [] }),
    api.post('/runs/log-inputs', { run_id: '{{run}}' }),
    getRun(),
  ),
  onRun(
    'the inputs and outputs of a deleted run',
    createModel(),
    api.post('/runs/delete', { run_id: '{{run}}' }),
    logInputs('run', [{ dataset: dataset('a') }]),
    logOutputs('run', [{ model_id: '{{model}}', step: 1 }]),
    logModel(legacy),
    getRun(),
  ),
  onRun(
    'models that a run used',
    createModel(),
    createModel('second'),
    logInputs('run', [], [{ model_id: '{{model}}' }]),
    logInputs('run', undefined, [{ model_id: '{{second}}' }, { model_id: '{{model}}' }, { model_id: '{{second}}' }]),
    logInputs('run', [], [{ model_id: 'm-none' }]),
    logInputs('run', [], []),
    getRun(),
    searchRuns(),
  ),
  onRun('a model input without an id', logInputs('run', [], [{}]), logInputs('run', [], 'x'), getRun()),
  onRun(
    'models that a run made',
    createModel(),
    createModel('second'),
    logOutputs('run', [{ model_id: '{{model}}', step: 3 }]),
    logOutputs('run', [{ model_id: '{{second}}' }, { model_id: 'm-none', step: '5' }]),
    getRun(),
    searchRuns(),
    logOutputs('run', [{ model_id: '{{model}}', step: 3 }]),
    logOutputs('run', [{ model_id: '{{model}}', step: 4 }]),
    getRun(),
  ),
  onRun(
    'model outputs that are refused',
    api.post('/runs/outputs', { run_id: '{{run}}' }),
    logOutputs('run', []),
    logOutputs('run', 'x'),
    logOutputs('run', [{ step: 1 }]),
    logOutputs('run', [{ model_id: 'm-1', step: 'x' }]),
    api.post('/runs/outputs', { models: [{ model_id: 'm-1' }] }),
    api.post('/runs/outputs', { run_id: 'none', models: [{ model_id: 'm-1', step: 1 }] }),
    logOutputs('run', [
      { model_id: 'm-twice', step: 1 },
      { model_id: 'm-twice', step: 2 },
    ]),
    getRun(),
  ),
  onRun(
    'the history of models that older clients log',
    logModel(legacy),
    getRun(),
    logModel({ ...legacy, model_uuid: 'u', signature: null, metadata: { a: 1 }, artifact_path: 'second' }),
    logModel({ ...legacy, utc_time_created: 5, flavors: { odd: 'text', né: { b: 1.5, c: [true, null] } } }),
    getRun(),
  ),
  onRun(
    'models of older clients that are refused',
    logModel('{'),
    logModel('[]'),
    logModel('{}'),
    logModel({ artifact_path: 'a', flavors: {}, run_id: 'r' }),
    logModel('"text"'),
    api.post('/runs/log-model', { run_id: '{{run}}' }),
    api.post('/runs/log-model', { run_id: '{{run}}', model_json: '' }),
    api.post('/runs/log-model', { run_id: '{{run}}', model_json: {} }),
    logModel(legacy, 'none'),
    getRun(),
  ),
  sequence(
    'runs found by their datasets',
    createExperiment(),
    createRun('a', { start_time: 3 }),
    createRun('b', { start_time: 2 }),
    createRun('c', { start_time: 1 }),
    logInputs('a', [
      { dataset: dataset('wine'), tags: [context('train')] },
      { dataset: dataset('iris'), tags: [context('eval')] },
    ]),
    logInputs('b', [{ dataset: dataset('Wine'), tags: [{ key: 'other', value: 'train' }] }]),
    ...[
      "dataset.name = 'wine'",
      "dataset.name != 'wine'",
      "datasets.name LIKE 'w%'",
      "dataset.name ILIKE 'w%'",
      "dataset.name IN ('iris', 'Wine')",
      "dataset.name NOT IN ('iris')",
      "dataset.digest = 'digest-iris'",
      "dataset.digest LIKE '%-wine'",
      "dataset.context = 'train'",
      "dataset.context != 'train'",
      "dataset.context IN ('eval', 'x')",
      "dataset.name = 'wine' AND dataset.context = 'eval'",
      "dataset.name = 'wine' AND dataset.name = 'iris'",
      "dataset.name = 'wine' AND attributes.run_name = 'a' AND run_id != 'x'",
      "dataset.name = 'none'",
      'dataset.name = wine',
      "dataset.source = 'x'",
      "dataset.name > 'a'",
    ].map(named),
    { ...searchRuns("dataset.name = 'wine'"), path: '/api/2.0/mlflow/runs/search' },
  ),
];
