import { ajax, api, createExperiment, createModel, createRun, pausing, proxy, request } from '../../wire/sequence.ts';
import type { Step } from '../../wire/sequence.ts';
import { badInputArea } from '../generate/bad-input.ts';
import { get, inPath, post, send } from '../generate/operations.ts';
import type { Operation } from '../generate/operations.ts';

const run_id = '{{run}}';
const proxied = '/api/2.0/mlflow-artifacts';
const root = '{{experiment}}/{{run}}/artifacts';
const part = { part_number: 1, etag: 'e', url: 'http://host/a' };

const upload = (name: string): Step => request('PUT', `${proxied}/artifacts/${name}`, { body: 'hello' });
const uploads = [`${root}/a/a.txt`, `${root}/b.txt`, '{{experiment}}/models/{{model}}/artifacts/a/b.txt'].map(upload);
/** A query of texts, with a body that is no JSON. */
const uploadByBrowser: Operation = {
  fields: { run_uuid: run_id, path: 'a/c.txt' },
  step: (sent) => request('POST', get('/upload-artifact', {}, ajax).step(sent).path, { body: 'hello' }),
};

const listing = get('/artifacts', {}, proxy);
/** Without a path it is the folder of all experiments, which other sequences share. */
const listProxied: Operation = {
  fields: { path: 'a' },
  step: ({ path = '', ...others }) => listing.step({ ...others, path: `${root}/${String(path)}` }),
};

const operations: readonly Operation[] = [
  get('/artifacts/list', { run_id, run_uuid: run_id, path: 'a', page_token: '' }),
  post('/artifacts/presigned-upload-url', { run_id, path: 'a', expiration: 5 }),
  post('/artifacts/presigned-download-url', { run_id, path: 'a', expiration: 5 }),
  uploadByBrowser,
  listProxied,
  inPath('GET', `/artifacts/${root}/{name}`, { name: 'b.txt' }, proxied),
  inPath('DELETE', `/artifacts/${root}/{name}`, { name: 'b.txt' }, proxied),
  inPath('GET', `/presigned/${root}/{name}`, { name: 'b.txt' }, proxied),
  send('POST', `/mpu/create/${root}`, { path: 'a.bin', num_parts: 2 }, proxied),
  send('POST', `/mpu/complete/${root}`, { path: 'a.bin', upload_id: 'u', parts: [part] }, proxied),
  send('POST', `/mpu/abort/${root}`, { path: 'a.bin', upload_id: 'u' }, proxied),
  get('/logged-models/{{model}}/artifacts/files', { artifact_file_path: 'a/b.txt' }, ajax),
  inPath('GET', '/logged-models/{model_id}/artifacts/files', { model_id: '{{model}}' }, '/ajax-api/2.0/mlflow'),
];

export const badArtifactInput = badInputArea({
  name: 'bad artifact input',
  start: [createExperiment(), createRun(), pausing(createModel()), ...uploads],
  operations,
  deletions: [
    ...[api.post('/runs/delete', { run_id }), api.post('/runs/restore', { run_id })],
    ...[api.delete('/logged-models/{{model}}'), request('DELETE', `${proxied}/artifacts/${root}/a`)],
  ],
});
