import { api, createExperiment, createRun, sequence } from '../sequence.ts';
import type { Step } from '../sequence.ts';

const create = (fields: Record<string, unknown>): Step =>
  api.post('/runs/create', { user_id: 'ada', run_name: 'r', start_time: 1, ...fields });
const batch = (fields: Record<string, unknown>): Step => api.post('/runs/log-batch', { run_id: '{{run}}', ...fields });

/**
 * Requests on which MLflow's server itself fails: a Python error that nobody caught (500, HTML) or SQLite's own words.
 * Kirka refuses them as what they are, a bad request; `../differences.ts` says how.
 */
export const serverFailures = [
  sequence(
    'an experiment id beyond int64',
    api.get('/experiments/get', { experiment_id: '99999999999999999999' }),
    create({ experiment_id: '99999999999999999999' }),
  ),
  sequence('a run without an experiment id', create({}), create({ experiment_id: '' })),
  sequence(
    'one tag key twice at creation of a run',
    createExperiment(),
    create({
      experiment_id: '{{experiment}}',
      tags: [
        { key: 'a', value: '1' },
        { key: 'a', value: '2' },
      ],
    }),
  ),
  sequence(
    'a list or an object where a number belongs',
    createExperiment(),
    createRun(),
    create({ experiment_id: '{{experiment}}', start_time: [1] }),
    api.post('/runs/log-metric', { run_id: '{{run}}', key: 'a', value: [1], timestamp: 1 }),
    api.post('/runs/log-metric', { run_id: '{{run}}', key: 'a', value: { a: 1 }, timestamp: 1 }),
    api.post('/runs/log-metric', { run_id: '{{run}}', key: 'a', value: 1, timestamp: [1] }),
  ),
  sequence(
    'a search whose max_results is null',
    createExperiment(),
    api.post('/runs/search', { experiment_ids: ['{{experiment}}'], max_results: null }),
  ),
  sequence(
    'a page token that holds a list',
    createExperiment(),
    createRun(),
    api.get('/metrics/get-history', { run_id: '{{run}}', metric_key: 'm', page_token: 'W10=', max_results: 1 }),
    api.post('/runs/search', { experiment_ids: ['{{experiment}}'], page_token: 'W10=' }),
  ),
  sequence('JSON that is no object', api.post('/experiments/create', '""'), api.post('/experiments/create', '[]')),
  sequence(
    'a batch whose lists are null or hold no objects',
    createExperiment(),
    createRun(),
    batch({ metrics: null }),
    batch({ metrics: [1] }),
    batch({ metrics: [[]] }),
    batch({ params: ['lr'] }),
    batch({ tags: ['a'] }),
    batch({ tags: [null] }),
  ),
];
