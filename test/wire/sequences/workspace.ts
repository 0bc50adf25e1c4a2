import { needing, request, sequence } from '../sequence.ts';
import type { Step } from '../sequence.ts';

const v2 = '/api/2.0/mlflow';
const files = '/api/2.0/mlflow-artifacts/artifacts';

/** A request that is meant for a workspace. */
const into = (method: string, path: string, workspace = 'team', body?: string): Step =>
  request(method, path, {
    headers: {
      'x-mlflow-workspace': workspace,
      ...(body === undefined ? {} : { 'content-type': 'application/json' }),
    },
    ...(body === undefined ? {} : { body }),
  });

/** MLflow's server has workspaces only where it was started with them. */
export const workspaceGroup = [
  sequence(
    'a workspace, where there is none',
    into('POST', `${v2}/experiments/create`, 'team', '{"name": "{{unique}}"}'),
    request('GET', `${v2}/experiments/get-by-name?experiment_name={{unique}}`),
    into('GET', `${v2}/experiments/search?max_results=1`),
    into('POST', `${v2}/runs/search`, 'team', '{"experiment_ids": ["0"]}'),
    into('PUT', `${files}/{{unique}}/a.txt`, 'team', 'a'),
    into('DELETE', `${files}/{{unique}}/a.txt`),
    into('GET', `${files}/{{unique}}/a.txt`),
    into('GET', '/get-artifact?run_id=none&path=a'),
    into('GET', '/version'),
    into('GET', '/'),
    into('HEAD', '/version'),
  ),
  sequence(
    'what the server can do, and the workspace that every server has',
    into('GET', '/api/3.0/mlflow/server-info'),
    into('GET', '/ajax-api/3.0/mlflow/server-info', 'default'),
    into('GET', '/version', 'default'),
  ),
  sequence('a blank one is none', into('GET', '/version', ''), into('GET', '/version', '  \t ')),
  ...needing(
    ['straight'],
    [
      sequence(
        'on what is not served, and on health',
        into('GET', '/nope'),
        into('GET', '/health'),
        into('POST', '/api/3.0/mlflow/server-info'),
        into('GET', '/api/3.0/mlflow/server-info/'),
        into('OPTIONS', `${v2}/experiments/get`),
      ),
    ],
  ),
];
