import { api, ajax, createExperiment, createModel, createRun, request, sequence } from '../sequence.ts';
import type { Step } from '../sequence.ts';

const presigned = '/artifacts/presigned-';
const onRun = (name: string, ...steps: readonly Step[]) => sequence(name, createExperiment(), createRun(), ...steps);

export const serverInfo = [
  sequence(
    'what the server can do',
    request('GET', '/api/3.0/mlflow/server-info'),
    request('GET', '/ajax-api/3.0/mlflow/server-info'),
  ),
  onRun(
    'presigned uploads, which a proxied location has not',
    createModel(),
    api.post(`${presigned}upload-url`, { run_id: '{{run}}', path: 'a.txt' }),
    api.post(`${presigned}upload-url`, { model_id: '{{model}}', path: 'a.txt', expiration: 60 }),
    api.post(`${presigned}upload-url`, { run_id: '{{run}}', model_id: '{{model}}', path: 'a.txt' }),
    api.post(`${presigned}upload-url`, { path: 'a.txt' }),
    api.post(`${presigned}upload-url`, { run_id: '{{run}}' }),
    api.post(`${presigned}upload-url`, { run_id: '{{run}}', path: '../a.txt' }),
    api.post(`${presigned}upload-url`, { run_id: 'none', path: 'a.txt' }),
    api.post(`${presigned}upload-url`, { model_id: 'm-none', path: 'a.txt' }),
    api.post(`${presigned}upload-url`, { run_id: '{{run}}', path: 'a.txt', expiration: 'soon' }),
    ajax.post(`${presigned}upload-url`, { run_id: '{{run}}', path: 'a.txt' }),
  ),
  onRun(
    'presigned downloads, which a proxied location has not',
    api.post(`${presigned}download-url`, { run_id: '{{run}}', path: 'a.txt' }),
    api.post(`${presigned}download-url`, { run_id: '{{run}}', path: 'a.txt', expiration: 0 }),
    api.post(`${presigned}download-url`, { run_id: '{{run}}', path: 'a.txt', expiration: 604801 }),
    api.post(`${presigned}download-url`, { run_id: '{{run}}', path: '/etc/passwd', expiration: 0 }),
    api.post(`${presigned}download-url`, { path: 'a.txt' }),
    api.post(`${presigned}download-url`, { run_id: '{{run}}' }),
    api.post(`${presigned}download-url`, { run_id: 'none', path: 'a.txt' }),
    ajax.post(`${presigned}download-url`, { run_id: '{{run}}', path: 'a.txt' }),
  ),
  onRun(
    'an upload from the browser',
    request('POST', '/ajax-api/2.0/mlflow/upload-artifact?run_uuid={{run}}&path=a.txt', { body: 'hello' }),
    request('POST', '/ajax-api/2.0/mlflow/upload-artifact?run_uuid={{run}}&path=deep/er/b.json', {
      body: '{"a": 1}',
      headers: { 'content-type': 'application/json' },
    }),
    api.get('/artifacts/list', { run_id: '{{run}}' }),
    api.get('/artifacts/list', { run_id: '{{run}}', path: 'deep/er' }),
    request('GET', '/get-artifact?run_id={{run}}&path=a.txt'),
    request('POST', '/ajax-api/2.0/mlflow/upload-artifact?run_uuid={{run}}&path=a.txt', { body: 'again' }),
    request('GET', '/get-artifact?run_id={{run}}&path=a.txt'),
  ),
  onRun(
    'uploads from the browser that are refused',
    request('POST', '/ajax-api/2.0/mlflow/upload-artifact?path=a.txt', { body: 'x' }),
    request('POST', '/ajax-api/2.0/mlflow/upload-artifact?run_uuid={{run}}', { body: 'x' }),
    request('POST', '/ajax-api/2.0/mlflow/upload-artifact?run_uuid={{run}}&path=a.txt'),
    request('POST', '/ajax-api/2.0/mlflow/upload-artifact?run_uuid={{run}}&path=../a.txt', { body: 'x' }),
    request('POST', '/ajax-api/2.0/mlflow/upload-artifact?run_uuid=none&path=a.txt', { body: 'x' }),
    request('POST', '/ajax-api/2.0/mlflow/upload-artifact?run_id={{run}}&path=a.txt', { body: 'x' }),
  ),
];
