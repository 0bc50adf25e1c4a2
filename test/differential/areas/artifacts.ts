import fc from 'fast-check';
import { api, createExperiment, createRun, request } from '../../wire/sequence.ts';
import type { Query, Step } from '../../wire/sequence.ts';
import type { Area } from '../area.ts';
import { maybe, mostly, present } from '../generate/texts.ts';

const proxy = '/api/2.0/mlflow-artifacts/artifacts';
const root = '{{experiment}}/{{run}}/artifacts';
const path = mostly(
  ['a.txt', 'b.json', 'model', 'model/MLmodel', 'model/data/x.bin'],
  [
    ...['é.txt', 'a b', 'a%b', 'a+b', 'a;b', 'a&b=c', "it's", '.hidden', 'a..b', '...', 'x.tar.gz', 'X.PNG', 'none'],
    ...['..', '../a', 'a/../b', './a', 'a//b', '/etc/passwd', 'a/', '~', '%2e%2e/a', 'a/./b', 'a#b', 'a?b', 'c:/x'],
    ...[' a', 'a ', 'why?', 'a;', 'a#', 'S3:x', 'a\tb', 'a\nb', 'a\u0001b', 'model /x', 'a%0ab', ' /a'],
  ],
);
const body = fc.constantFrom('', 'hello\n', '{"a": NaN}', '<b>hi</b>');
const encoded = (name: string): string => name.split('/').map(encodeURIComponent).join('/');
const see = ['content-disposition', 'x-content-type-options'];

const upload = fc
  .tuple(path, body)
  .map(([name, bytes]) => request('PUT', `${proxy}/${root}/${encoded(name)}`, { body: bytes }));
const uploadByBrowser = fc.tuple(path, fc.constantFrom('hello\n', '{}')).map(([name, bytes]) =>
  request('POST', `/ajax-api/2.0/mlflow/upload-artifact?run_uuid={{run}}&path=${encodeURIComponent(name)}`, {
    body: bytes,
  }),
);
const download = path.map((name) => request('GET', `${proxy}/${root}/${encoded(name)}`, { see }));
const remove = path.map((name) => request('DELETE', `${proxy}/${root}/${encoded(name)}`));
const ofRun = path.map((name): Step =>
  request('GET', `/get-artifact?run_id={{run}}&path=${encodeURIComponent(name)}`, { see }),
);
const list = maybe(path).map((name) => api.get('/artifacts/list', present({ run_id: '{{run}}', path: name }) as Query));
const listProxied = maybe(path).map((name) =>
  request('GET', `${proxy}?path=${name === undefined ? root : `${root}/${encodeURIComponent(name)}`}`),
);

export const artifacts: Area = {
  name: 'artifacts',
  sequences: fc
    .array(
      fc.oneof(
        { weight: 5, arbitrary: fc.oneof(upload, upload, uploadByBrowser) },
        { weight: 2, arbitrary: fc.oneof(download, ofRun) },
        { weight: 1, arbitrary: remove },
        { weight: 3, arbitrary: fc.oneof(list, listProxied) },
      ),
      { minLength: 1, maxLength: 8 },
    )
    .map((steps) => [createExperiment(), createRun(), ...steps, api.get('/artifacts/list', { run_id: '{{run}}' })]),
};
