import { api, createExperiment, createRun, getRun, needing, request, sequence } from '../sequence.ts';
import type { Step } from '../sequence.ts';

const path = '/api/2.0/mlflow/experiments/create';
const setTag = '/api/2.0/mlflow/runs/set-tag';
const sendAs = (type: string | undefined, body: string | Buffer): Step =>
  request('POST', path, { headers: type === undefined ? {} : { 'content-type': type }, body });
const sendText = (body: string, to = path): Step =>
  request('POST', to, { headers: { 'content-type': 'application/json' }, body });
const getWithBody = (query: string, body: string): Step =>
  request('GET', `/api/2.0/mlflow/experiments/get${query}`, { headers: { 'content-type': 'application/json' }, body });
const onRun = (name: string, ...steps: readonly Step[]) =>
  sequence(name, createExperiment(), createRun(), ...steps, getRun());

export const badBodies = [
  sequence(
    'malformed JSON counts as an empty body',
    sendText('{"name":'),
    sendText('{"name":"{{unique}}",}'),
    sendText("{'name':'{{unique}}'}"),
    sendText('name={{unique}}'),
    sendText('{"name":"{{unique}}"} trailing'),
    sendText('{"name":"a\nb"}'),
    sendText('{"name":"{{unique}}"'),
  ),
  sequence('JSON null counts as an empty body', sendText('null')),
  sequence(
    'no body at all',
    request('POST', path),
    request('POST', path, { headers: { 'content-type': 'application/json' } }),
    sendText(''),
  ),
  sequence(
    'an object encoded twice, as old clients send it',
    sendText(JSON.stringify(JSON.stringify({ name: 'Default' }))),
    sendText(JSON.stringify(JSON.stringify({}))),
  ),
  sequence(
    'content types that are refused',
    sendAs(undefined, '{"name":"{{unique}} a"}'),
    sendAs('text/plain', '{"name":"{{unique}} b"}'),
    sendAs('application/x-www-form-urlencoded', 'name=c'),
    sendAs('application/xml', '<name>d</name>'),
    sendAs('application/jsonlines', '{"name":"{{unique}} e"}'),
  ),
  sequence(
    'content types that are taken',
    sendAs('application/json; charset=utf-8', '{"name":"{{unique}} a"}'),
    sendAs('APPLICATION/JSON', '{"name":"{{unique}} b"}'),
    sendAs('application/json;charset=UTF-8', '{"name":"{{unique}} c"}'),
    sendAs('application/json; charset=latin1', '{"name":"{{unique}} d"}'),
  ),
  sequence(
    'bytes that are no UTF-8, a byte order mark, UTF-16',
    sendAs('application/json', Buffer.from('7b226e616d65223a22ff227d', 'hex')),
    sendAs('application/json', Buffer.from('efbbbf7b7d', 'hex')),
    sendAs('application/json', Buffer.from('{"name": 5}', 'utf16le')),
  ),
  onRun(
    'unknown fields are ignored',
    api.post('/runs/set-tag', { run_id: '{{run}}', key: 'a', value: 'b', more: { x: [1, null] }, Key: 'c' }),
    api.post('/runs/log-batch', { run_id: '{{run}}', tags: [{ key: 't', value: 'v', color: 'red' }] }),
  ),
  onRun(
    'names in camel case are the same fields',
    api.post('/runs/log-batch', { runId: '{{run}}', tags: [{ key: 'no', value: 'id by its snake name' }] }),
    api.post('/runs/set-tag', { runId: '{{run}}', run_id: '{{run}}', key: 'both', value: 'x' }),
    api.post('/runs/update', { run_id: '{{run}}', endTime: 1700000001000, runName: 'camel' }),
  ),
  onRun(
    'null is absent',
    api.post('/runs/set-tag', { run_id: '{{run}}', key: 'a', value: null }),
    api.post('/runs/set-tag', { run_id: null, key: 'a', value: 'b' }),
  ),
  onRun(
    'wrong types name the field, the value and its type',
    ...[7, 7.5, true, ['a'], { a: 1 }].map((key) => api.post('/runs/set-tag', { run_id: '{{run}}', key, value: 'b' })),
    api.post('/runs/set-tag', { run_id: ['{{run}}'], key: 'a', value: 'b' }),
    api.post('/runs/set-tag', { run_id: '{{run}}', key: 'a', value: 'text', more: undefined }),
  ),
  onRun(
    'a key twice in one object: the last counts',
    sendText('{"run_id":"{{run}}","key":"a","key":"b","value":"1","value":"2"}', setTag),
  ),
  onRun(
    'escapes in JSON text',
    sendText('{"run_id":"{{run}}","key":"\\u0061\\u002fb","value":"\\ud83d\\ude80 \\u00fc \\/ \\b"}', setTag),
  ),
  sequence(
    'a query where a body belongs',
    request('POST', `${path}?name={{unique}}`, { headers: { 'content-type': 'application/json' }, body: '{}' }),
  ),
  // Knox drops the body of a GET, and refuses a query that it cannot decode.
  ...needing(
    ['straight'],
    [
      sequence(
        'a body where a query belongs',
        getWithBody('', '{"experiment_id":"0"}'),
        getWithBody('?experiment_id=0', '{"experiment_id":"987654321"}'),
        getWithBody('?more=1', '{"experiment_id":"0"}'),
      ),
      sequence('a bad escape', request('GET', '/api/2.0/mlflow/experiments/get-by-name?experiment_name=%zz')),
    ],
  ),
  sequence(
    'queries: repeated keys, plus signs, empty and unknown ones',
    request('GET', '/api/2.0/mlflow/experiments/get?experiment_id=0&experiment_id=987654321'),
    request('GET', '/api/2.0/mlflow/experiments/get-by-name?experiment_name=no+such%2Bname'),
    request('GET', '/api/2.0/mlflow/experiments/get?experiment_id'),
    request('GET', '/api/2.0/mlflow/experiments/get?experiment_id=0&made_up=1&&='),
    request('GET', '/api/2.0/mlflow/experiments/get?experimentId=0'),
  ),
];
