import { ajax, api, only, request } from '../../wire/sequence.ts';
import { badInputArea } from '../generate/bad-input.ts';
import { get, send } from '../generate/operations.ts';
import type { Operation } from '../generate/operations.ts';

const name = '{{unique}}';
const pair = { key: 'a', value: 'x' };
const one = { name, version: '1' };
const own = "name LIKE '{{unique}}%'";

/** Other sequences have models, too: the filter stays. */
const search = (path: string, list: string, fields: Readonly<Record<string, unknown>>): Operation => ({
  fields,
  step: (sent) => only(list, 'name', get(path, {}).step({ ...sent, filter: own })),
});

const operations: readonly Operation[] = [
  send('POST', '/registered-models/create', { name: `${name} b`, description: 'd', tags: [pair] }),
  send('PATCH', '/registered-models/update', { name, description: 'd' }),
  send('POST', '/registered-models/rename', { name, new_name: `${name} c` }),
  send('DELETE', '/registered-models/delete', { name: `${name} b` }),
  send('POST', '/registered-models/set-tag', { name, ...pair }),
  send('DELETE', '/registered-models/delete-tag', { name, key: 'a' }),
  send('POST', '/registered-models/alias', { name, alias: 'champion', version: '1' }),
  send('DELETE', '/registered-models/alias', { name, alias: 'champion' }),
  send('POST', '/registered-models/get-latest-versions', { name, stages: ['None', 'Staging'] }),
  get('/registered-models/get-latest-versions', { name, stages: ['None', 'Staging'] }),
  get('/registered-models/get', { name }),
  get('/registered-models/alias', { name, alias: 'champion' }),
  search('/registered-models/search', 'registered_models', { max_results: '5', order_by: ['name'], page_token: '' }),
  send('POST', '/model-versions/create', {
    ...{ name, source: 's3://bucket/a', description: 'd', run_link: 'l', run_id: '{{run}}', model_id: '{{model}}' },
    tags: [pair],
  }),
  send('PATCH', '/model-versions/update', { ...one, description: 'd' }),
  send('POST', '/model-versions/transition-stage', { ...one, stage: 'Staging', archive_existing_versions: true }),
  send('POST', '/model-versions/set-tag', { ...one, ...pair }),
  send('DELETE', '/model-versions/delete-tag', { ...one, key: 'a' }),
  send('DELETE', '/model-versions/delete', one),
  get('/model-versions/get', one),
  get('/model-versions/get', one, ajax),
  get('/model-versions/get-download-uri', one),
  search('/model-versions/search', 'model_versions', {
    max_results: '5',
    order_by: ['version_number'],
    page_token: '',
  }),
  {
    fields: { ...one, path: 'a' },
    step: (sent) =>
      request('GET', get('/model-versions/get-artifact', {}).step(sent).path.slice('/api/2.0/mlflow'.length)),
  },
];

export const badRegistryInput = badInputArea({
  name: 'bad registry input',
  needs: '/2.0/mlflow/registered-models/create',
  start: [
    api.post('/registered-models/create', { name }),
    api.post('/model-versions/create', { name, source: 's3://bucket/model' }),
  ],
  operations,
  names: ['name', 'new_name'],
  deletions: [api.delete('/model-versions/delete', one), api.delete('/registered-models/delete', { name })],
});
