import { needing, request, sequence } from '../sequence.ts';
import type { Step } from '../sequence.ts';

const v2 = '/api/2.0/mlflow';
const see = ['allow'];
const wrong = (method: string, path: string): Step => request(method, path, { see });

/** Paths and methods that no route serves. A gateway answers some of them itself, so they are asked straight. */
export const notServed = needing(
  ['straight'],
  [
    sequence(
      'paths that nobody serves',
      request('GET', '/nope'),
      request('GET', `${v2}/nope`),
      request('POST', `${v2}/runs/nope`, { headers: { 'content-type': 'application/json' }, body: '{}' }),
      request('GET', '/api/9.0/mlflow/experiments/get'),
      request('GET', '/api'),
    ),
    sequence(
      'a slash too many, a letter of another case',
      request('GET', `${v2}/experiments/get/?experiment_id=0`),
      request('GET', `${v2}/Experiments/get?experiment_id=0`),
      request('GET', '/HEALTH'),
    ),
    sequence(
      'methods that a path does not have',
      wrong('PUT', `${v2}/runs/create`),
      wrong('GET', `${v2}/runs/create`),
      wrong('DELETE', `${v2}/experiments/get`),
      wrong('POST', `${v2}/experiments/get`),
      wrong('PATCH', `${v2}/experiments/search`),
    ),
    sequence(
      'an operation of the other surface',
      request('GET', `${v2}/metrics/get-history-bulk?run_id=a&metric_key=m`),
      request('GET', '/api/health'),
    ),
    sequence('HEAD is GET without a body', request('HEAD', '/version')),
  ],
);
