import { ajax, api, createExperiment, createRun, request, sequence } from '../sequence.ts';
import type { Step } from '../sequence.ts';

const put = (path: string, body: string): Step =>
  request('PUT', `/api/2.0/mlflow-artifacts/artifacts/{{experiment}}/{{run}}/artifacts/${path}`, { body });
const list = (path?: string): Step =>
  api.get('/artifacts/list', { run_id: '{{run}}', ...(path === undefined ? {} : { path }) });
const onFiles = (name: string, ...steps: readonly Step[]) =>
  sequence(
    name,
    createExperiment(),
    createRun(),
    put('b.txt', 'bb'),
    put('a.txt', 'a'),
    put('Z.txt', ''),
    put('model/MLmodel', 'flavors: {}'),
    put('model/data/weights.bin', 'w'.repeat(1000)),
    ...steps,
  );
const elsewhere = (location: string): Step =>
  api.post(
    '/experiments/create',
    { name: '{{unique}}', artifact_location: location },
    { capture: { experiment: 'experiment_id' } },
  );

export const artifactsList = [
  onFiles('files and folders in name order, with sizes', list()),
  onFiles('folders within folders', list('model'), list('model/data'), list('model/')),
  onFiles('the path of a file, a path of nothing', list('a.txt'), list('none'), list('model/none'), list('a.txt/b')),
  sequence('a run without artifacts', createExperiment(), createRun(), list(), list('a')),
  onFiles('an empty path, a dot', list(''), list('.'), list('./model')),
  onFiles(
    'paths that lead out',
    list('..'),
    list('../'),
    list('model/../..'),
    list('model/../model'),
    list('%2e%2e'),
    list('/'),
    list('/etc'),
    list('a\\..\\b'),
    list('a#b'),
    list('file:///etc'),
  ),
  onFiles(
    'encoded once more than needed',
    request('GET', '/api/2.0/mlflow/artifacts/list?run_id={{run}}&path=model%252Fdata'),
    request('GET', '/api/2.0/mlflow/artifacts/list?run_id={{run}}&path=%252e%252e'),
    request('GET', '/api/2.0/mlflow/artifacts/list?run_id={{run}}&path=model%2Fdata'),
  ),
  onFiles(
    'read as a URL: blanks in front, line breaks, marks that nothing follows',
    list(' model'),
    list('mod\nel'),
    list('model?'),
    list('model;'),
    list('model#'),
    list('model '),
    list('S3:x'),
    list(' '),
  ),
  sequence(
    'names with spaces, percent, plus and other scripts',
    createExperiment(),
    createRun(),
    put('a%20b.txt', 'a'),
    put('a%2Bb.txt', 'a'),
    put('gr%C3%B6%C3%9Fe/%E6%A8%A1%E5%9E%8B.txt', 'a'),
    list(),
    list('größe'),
    list('a b.txt'),
  ),
  sequence(
    'runs that are not there or not named',
    api.get('/artifacts/list', { run_id: 'f'.repeat(32) }),
    api.get('/artifacts/list'),
    api.get('/artifacts/list', { run_id: '' }),
    api.get('/artifacts/list', { path: 'a' }),
  ),
  onFiles(
    'by run_uuid, with a page token, on the ajax-api twin',
    api.get('/artifacts/list', { run_uuid: '{{run}}' }),
    api.get('/artifacts/list', { run_id: '{{run}}', page_token: 'x' }),
    ajax.get('/artifacts/list', { run_id: '{{run}}', path: 'model' }),
  ),
  onFiles('the files of a deleted run', api.post('/runs/delete', { run_id: '{{run}}' }), list()),
  sequence(
    'an artifact location within the proxy',
    elsewhere('mlflow-artifacts:/{{unique}}/shared'),
    createRun(),
    request('PUT', '/api/2.0/mlflow-artifacts/artifacts/{{unique}}/shared/{{run}}/artifacts/a.txt', { body: 'a' }),
    list(),
  ),
];
