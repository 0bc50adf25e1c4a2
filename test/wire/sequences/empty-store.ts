import { api, needing, request, sequence } from '../sequence.ts';

/** What a server says before anyone wrote to it: played first, on a store that is new. */
export const emptyStore = needing(
  ['empty-store'],
  [
    sequence('the only experiment is the default one', api.post('/experiments/search', { max_results: 10 })),
    sequence('no runs in it', api.post('/runs/search', { experiment_ids: ['0'] })),
    sequence('no artifacts in the proxy', request('GET', '/api/2.0/mlflow-artifacts/artifacts')),
    sequence(
      'the first experiments are 1 and 2, listed before the default one',
      { ...api.post('/experiments/create', { name: 'first' }), pauseMs: 3 },
      api.post('/experiments/create', { name: 'second' }),
      api.post('/experiments/search', { max_results: 10 }),
      api.post('/experiments/search', { max_results: 10, order_by: ['experiment_id'] }),
    ),
  ],
);
