import { ajax, api, createExperiment, createModel, createRun, needing, request, sequence } from '../sequence.ts';
import type { Step } from '../sequence.ts';
import { createModel as createRegisteredModel, createVersion, setAlias } from './registry-steps.ts';

const v2 = '/api/2.0/mlflow';
const files = '/api/2.0/mlflow-artifacts';
const runFiles = '{{experiment}}/{{run}}/artifacts';
const head = (path: string): Step => request('HEAD', path);
const json = { 'content-type': 'application/json' };
const withBody = (path: string, body: string): Step => request('HEAD', path, { headers: json, body });

/** What every reading below is asked of. */
const seed: readonly Step[] = [
  createExperiment(),
  createRun(),
  createModel(),
  api.post('/runs/log-metric', { run_id: '{{run}}', key: 'loss', value: 1, timestamp: 1, step: 1 }),
  request('PUT', `${files}/artifacts/${runFiles}/a.txt`, { body: 'hello' }),
  request('PUT', `${files}/artifacts/{{experiment}}/models/{{model}}/artifacts/a.txt`, { body: 'hello' }),
  createRegisteredModel(),
  createVersion(),
  setAlias({ alias: 'best', version: '1' }),
];

export const headGroup = [
  sequence(
    'of an operation whose parameters stand in the query',
    ...seed,
    head(`${v2}/experiments/get?experiment_id={{experiment}}`),
    head(`${v2}/experiments/get-by-name?experiment_name={{unique}}`),
    head(`${v2}/experiments/search?max_results=1`),
    head(`${v2}/runs/get?run_id={{run}}`),
    head(`${v2}/metrics/get-history?run_id={{run}}&metric_key=loss`),
    head(`/ajax-api/2.0/mlflow/metrics/get-history-bulk?run_id={{run}}&metric_key=loss`),
    head(`${v2}/metrics/get-history-bulk-interval?run_ids={{run}}&metric_key=loss`),
    head(`${v2}/artifacts/list?run_id={{run}}`),
    head(`${files}/artifacts?path=${runFiles}`),
    head(`${v2}/logged-models/{{model}}`),
    head(`${v2}/logged-models/{{model}}/artifacts/directories`),
    head(`${v2}/logged-models/{{model}}/artifacts/directories?artifact_directory_path=x`),
    head(`/ajax-api/2.0/mlflow/logged-models/{{model}}/artifacts/files?artifact_file_path=a.txt`),
    head(`${v2}/registered-models/get?name={{unique}}`),
    head(`${v2}/registered-models/search?max_results=1`),
    head(`${v2}/registered-models/get-latest-versions?name={{unique}}`),
    head(`${v2}/registered-models/alias?name={{unique}}&alias=best`),
    head(`${v2}/model-versions/get?name={{unique}}&version=1`),
    head(`${v2}/model-versions/search?max_results=1`),
    head(`${v2}/model-versions/get-download-uri?name={{unique}}&version=1`),
    head('/ajax-api/2.0/mlflow/runs/get?run_id={{run}}'),
    ajax.get('/runs/get', { run_id: '{{run}}' }),
  ),
  sequence(
    'of what is asked by path, or takes no parameters',
    ...seed,
    head(`${files}/artifacts/${runFiles}/a.txt`),
    head(`${files}/artifacts/${runFiles}/none.txt`),
    head(`${files}/artifacts`),
    head(`${files}/presigned/${runFiles}/a.txt`),
    head('/get-artifact?run_id={{run}}&path=a.txt'),
    head('/get-artifact?run_id={{run}}&path=none.txt'),
    head('/model-versions/get-artifact?name=none&version=1&path=a.txt'),
    head('/api/3.0/mlflow/server-info'),
    head('/version'),
    head('/'),
  ),
  ...needing(
    ['straight'],
    [
      sequence(
        'whose parameters are in a body, or are missing',
        createExperiment(),
        createRun(),
        withBody(`${v2}/runs/get`, '{"run_id": "{{run}}"}'),
        withBody(`${v2}/runs/get?run_id=none`, '{"run_id": "{{run}}"}'),
        withBody(`${v2}/experiments/search`, '{"max_results": 1}'),
        head(`${v2}/runs/get`),
        head(`${v2}/experiments/search`),
      ),
    ],
  ),
];
