import { api, createExperiment, createModel, createRun, pausing } from '../../wire/sequence.ts';
import { badInputArea } from '../generate/bad-input.ts';
import { get, inPath, post, send } from '../generate/operations.ts';
import type { Operation } from '../generate/operations.ts';

const experiment_id = '{{experiment}}';
const run_id = '{{run}}';
const model_id = '{{model}}';
const pair = { key: 'a', value: 'x' };
const at = '/logged-models/{{model}}';
const onDataset = { dataset_name: 'd', dataset_digest: '1' };
const dataset = { name: 'd', digest: '1', source_type: 't', source: 's', schema: '{}', profile: 'p' };

const models: readonly Operation[] = [
  send('POST', '/logged-models', {
    ...{ experiment_id, name: 'n', model_type: 't', source_run_id: run_id },
    ...{ params: [pair], tags: [pair] },
  }),
  post('/logged-models/search', {
    ...{ experiment_ids: [experiment_id], filter: "name = 'n'", datasets: [onDataset], max_results: 5 },
    ...{ order_by: [{ field_name: 'metrics.m', ascending: true, ...onDataset }], page_token: '' },
  }),
  inPath('GET', '/logged-models/{model_id}', { model_id }),
  get(at, { allow_deleted: 'true' }),
  send('PATCH', at, { model_id, status: 'LOGGED_MODEL_READY' }),
  inPath('DELETE', '/logged-models/{model_id}', { model_id }),
  send('POST', `${at}/params`, { model_id, params: [pair] }),
  send('PATCH', `${at}/tags`, { model_id, tags: [pair] }),
  inPath('DELETE', '/logged-models/{model_id}/tags/{tag_key}', { model_id, tag_key: 'a' }),
  get(`${at}/artifacts/directories`, { artifact_directory_path: 'a', page_token: '' }),
  inPath('GET', '/logged-models/{model_id}/artifacts/directories', { model_id }),
];

const mlmodel = {
  artifact_path: 'm',
  flavors: { f: { a: 1, config: {} } },
  utc_time_created: 't',
  run_id: 'r',
  model_uuid: 'u',
};

const ofRuns: readonly Operation[] = [
  post('/runs/log-inputs', { run_id, datasets: [{ dataset, tags: [pair] }], models: [{ model_id }] }),
  post('/runs/outputs', { run_id, models: [{ model_id, step: 1 }] }),
  post('/runs/log-metric', { run_id, key: 'm', value: 1, timestamp: 1, step: 0, model_id, ...onDataset }),
  post('/runs/log-batch', { run_id, metrics: [{ key: 'm', value: 1, timestamp: 1, step: 0, model_id, ...onDataset }] }),
  {
    // What is damaged may be inside the JSON, too.
    fields: { run_id, model_json: mlmodel },
    step: ({ model_json, ...sent }) =>
      api.post('/runs/log-model', {
        ...sent,
        ...(model_json !== undefined && {
          model_json: typeof model_json === 'string' ? model_json : JSON.stringify(model_json),
        }),
      }),
  },
  get('/runs/get', { run_id }),
  post('/artifacts/presigned-upload-url', { model_id, path: 'a', expiration: 5 }),
  send('POST', '/experiments/search-datasets', { experiment_ids: [experiment_id] }, '/ajax-api/2.0/mlflow'),
];

export const badModelInput = badInputArea({
  name: 'bad model input',
  needs: '/2.0/mlflow/logged-models',
  start: [createExperiment(), createRun(), pausing(createModel())],
  operations: [...models, ...ofRuns],
  deletions: [
    ...[api.post('/runs/delete', { run_id }), api.post('/runs/restore', { run_id })],
    ...[api.post('/experiments/delete', { experiment_id }), api.post('/experiments/restore', { experiment_id })],
    api.delete(at),
  ],
});
