import { createExperiment, createRun, request, sequence } from '../sequence.ts';
import type { Step } from '../sequence.ts';
import { createModel, createVersion } from './registry-steps.ts';

const proxied = 'mlflow-artifacts:/{{experiment}}/{{run}}/artifacts';
const put = (path: string, body: string): Step =>
  request('PUT', `/api/2.0/mlflow-artifacts/artifacts/{{experiment}}/{{run}}/artifacts/${path}`, { body });
const download = (query: string): Step =>
  request('GET', `/model-versions/get-artifact?${query}`, { see: ['content-disposition', 'x-content-type-options'] });
const ofVersion = (version: number, path: string): Step =>
  download(`name={{unique}}&version=${String(version)}&path=${path}`);

/** Version 1 has its source in the artifact proxy, 2 in its run, 3 is a copy of 2; the server fails to read those. */
const onVersions = (name: string, ...steps: readonly Step[]) =>
  sequence(
    name,
    createExperiment(),
    createRun(),
    createModel(),
    put('model/MLmodel', 'flavors: {}\n'),
    put('model/data/a.html', '<b>'),
    createVersion({ run_id: '{{run}}', source: `${proxied}/model` }),
    createVersion({ run_id: '{{run}}', source: 'runs:/{{run}}/model' }),
    createVersion({ source: 'models:/{{unique}}/2' }),
    ...steps,
  );

export const modelVersionArtifacts = [
  onVersions(
    'a file of a version',
    ofVersion(1, 'MLmodel'),
    ofVersion(1, 'data%2Fa.html'),
    ofVersion(1, 'data/a.html'),
  ),
  onVersions(
    'files that are not there, folders, no path',
    ofVersion(1, 'none.txt'),
    ofVersion(1, 'data'),
    ofVersion(1, ''),
    download('name={{unique}}&version=1'),
  ),
  onVersions(
    'paths that lead out',
    ofVersion(1, '../a.txt'),
    ofVersion(1, '..%2Fa.txt'),
    ofVersion(1, '%252e%252e%252fa.txt'),
    ofVersion(1, '/etc/passwd'),
    ofVersion(2, '../a.txt'),
  ),
  onVersions(
    'versions that are not there',
    ofVersion(9, 'MLmodel'),
    download('name={{unique}}&version=x&path=a'),
    download('name=nobody&version=1&path=a'),
    download('name={{unique}}&path=a'),
    download('version=1&path=a'),
  ),
];
