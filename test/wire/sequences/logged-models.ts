import { api, createExperiment, createRun, sequence } from '../sequence.ts';
import type { Step } from '../sequence.ts';

const search = (fields: Record<string, unknown>): Step => api.post('/logged-models/search', fields);

/** Where none is logged: what the client asks when it lists a run's folders, and what is refused. */
export const loggedModels = [
  sequence(
    'a search where no model is logged',
    createExperiment(),
    createRun(),
    search({ experiment_ids: ['{{experiment}}'], filter: "name = 'sub'" }),
    search({ experiment_ids: ['{{experiment}}'], filter: "name = 'sub'", max_results: 5, page_token: '' }),
    search({
      experiment_ids: ['{{experiment}}'],
      datasets: [{ dataset_name: 'd' }],
      order_by: [{ field_name: 'metrics.m' }],
    }),
    search({ experiment_ids: [] }),
  ),
  sequence(
    'a search for models that is refused',
    search({}),
    search({ experiment_ids: 'x' }),
    search({ experiment_ids: [1, 2] }),
    search({ experiment_ids: ['0'], datasets: [{ dataset_digest: 'd' }] }),
    search({ experiment_ids: ['0'], filter: 5 }),
    search({ experiment_ids: ['0'], max_results: 'many' }),
  ),
];
