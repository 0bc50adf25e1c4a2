import { ajax, createExperiment, createRun, needing, request, sequence } from '../sequence.ts';
import { dataset, logInputs } from './run-links.ts';
import type { Step } from '../sequence.ts';

const search = (experiment_ids: unknown): Step => ajax.post('/experiments/search-datasets', { experiment_ids });
const train = { key: 'mlflow.data.context', value: 'train' };

const misspelt = (surface: string): Step =>
  request('POST', `${surface}/2.0mlflow/experiments/search-datasets`, {
    headers: { 'content-type': 'application/json' },
    body: '{"experiment_ids": ["0"]}',
  });

export const searchDatasets = [
  ...needing(
    ['straight'],
    [sequence('an address that the server registers and does not reach', misspelt('/api'), misspelt('/ajax-api'))],
  ),
  sequence(
    'the datasets of experiments, each use once',
    createExperiment(),
    createRun('a'),
    createRun('b'),
    search(['{{experiment}}']),
    logInputs('a', [{ dataset: dataset('wine'), tags: [train, { key: 'other', value: 'x' }] }]),
    logInputs('b', [
      { dataset: dataset('wine'), tags: [train] },
      { dataset: dataset('iris'), tags: [{ key: 'mlflow.data.context', value: 'eval' }] },
      { dataset: dataset('plain') },
    ]),
    logInputs('a', [{ dataset: dataset('iris'), tags: [] }]),
    search(['{{experiment}}']),
    search(['{{experiment}}', '{{experiment}}']),
  ),
  sequence(
    'the datasets of a deleted run and a deleted experiment',
    createExperiment(),
    createRun(),
    logInputs('run', [{ dataset: dataset('wine'), tags: [train] }]),
    ajax.post('/runs/delete', { run_id: '{{run}}' }),
    search(['{{experiment}}']),
    ajax.post('/experiments/delete', { experiment_id: '{{experiment}}' }),
    search(['{{experiment}}']),
  ),
  sequence(
    'searches for datasets that are refused',
    search([]),
    search(undefined),
    search('0'),
    search(['x']),
    search(['99999']),
    search(Array.from({ length: 21 }, (_, index) => String(index))),
    search(Array.from({ length: 20 }, (_, index) => String(90_000 + index))),
    request('POST', '/ajax-api/2.0/mlflow/experiments/search-datasets', { body: '{"experiment_ids": ["0"]}' }),
    request('POST', '/ajax-api/2.0/mlflow/experiments/search-datasets', {
      headers: { 'content-type': 'text/plain' },
      body: '{"experiment_ids": ["0"]}',
    }),
  ),
];
