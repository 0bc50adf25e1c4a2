import { ajax, api, createExperiment, createModel, request, sequence } from '../sequence.ts';
import type { Step } from '../sequence.ts';

const put = (path: string, body: string): Step =>
  request('PUT', `/api/2.0/mlflow-artifacts/artifacts/{{experiment}}/models/{{model}}/artifacts/${path}`, { body });
const list = (path?: string): Step =>
  api.get(
    '/logged-models/{{model}}/artifacts/directories',
    path === undefined ? {} : { artifact_directory_path: path },
  );
const file = (query: string, model = '{{model}}'): Step =>
  request('GET', `/ajax-api/2.0/mlflow/logged-models/${model}/artifacts/files${query}`, {
    see: ['content-disposition', 'x-content-type-options'],
  });
const onModel = (name: string, ...steps: readonly Step[]) =>
  sequence(name, createExperiment(), createModel(), ...steps);

export const loggedModelArtifacts = [
  onModel(
    'the files of a model',
    list(),
    put('MLmodel', 'flavors: {}\n'),
    put('data/weights.bin', 'w'.repeat(100)),
    put('data/empty', ''),
    list(),
    list('data'),
    list(''),
    list('none'),
    list('MLmodel'),
    ajax.get('/logged-models/{{model}}/artifacts/directories', { artifact_directory_path: 'data', page_token: 'x' }),
    file('?artifact_file_path=MLmodel'),
    file('?artifact_file_path=data%2Fempty'),
  ),
  onModel(
    'files that are not there, folders, paths that lead out',
    put('data/a', 'a'),
    file('?artifact_file_path=none'),
    file('?artifact_file_path=data'),
    file('?artifact_file_path=..%2FMLmodel'),
    file('?artifact_file_path='),
    file(''),
    file('?artifact_file_path=a', 'm-none'),
    list('..'),
    list('/etc'),
    api.get('/logged-models/m-none/artifacts/directories'),
  ),
  onModel(
    'the files of a deleted model',
    put('a', 'a'),
    api.delete('/logged-models/{{model}}'),
    list(),
    file('?artifact_file_path=a'),
  ),
  sequence(
    'a model whose experiment keeps its files at a location of its own',
    api.post(
      '/experiments/create',
      { name: '{{unique}}', artifact_location: 's3://bucket/of/{{unique}}?v=1' },
      { capture: { experiment: 'experiment_id' } },
    ),
    createModel(),
  ),
];
