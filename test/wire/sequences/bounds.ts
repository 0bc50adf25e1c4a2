import { api, createExperiment, createRun, getRun, needing, sequence } from '../sequence.ts';
import type { Step } from '../sequence.ts';

/** Where MLflow's server ends what it reads: the last that it takes, and the first that it does not. */
const digits = (count: number): string => '7'.repeat(count);
const nested = (levels: number): string => '['.repeat(levels) + ']'.repeat(levels);
const setTag = (more: string): Step =>
  api.post('/runs/set-tag', `{"run_id":"{{run}}","key":"a","value":"b","more":${more}}`);
const createAt = (startTime: string): Step =>
  api.post(
    '/runs/create',
    `{"experiment_id":"{{experiment}}","run_name":"r","user_id":"ada","start_time":${startTime}}`,
  );
const searchRuns = (filter: string): Step => api.post('/runs/search', { experiment_ids: ['{{experiment}}'], filter });
const searchModels = (filter: string): Step =>
  api.post('/logged-models/search', { experiment_ids: ['{{experiment}}'], filter });
const searchExperiments = (filter: string): Step => api.post('/experiments/search', { max_results: 5, filter });
/** Blanks as `+`: a query has 32 KB. */
const searchByQuery = (what: string, filter: string): Step =>
  api.get(`/${what}/search`, `max_results=5&filter=${encodeURIComponent(filter).replaceAll('%20', '+')}`);

/** Seven tokens, the blanks among them. */
const clause = "tags.a = 'x'";
const most = clause + ' '.repeat(9993);
const tooMany = clause + ' '.repeat(9994);
const interval = (runs: readonly string[]): Step =>
  api.get('/metrics/get-history-bulk-interval', {
    run_ids: runs.map((run) => `{{${run}}}`),
    metric_key: 'm',
    max_results: 2,
  });
const log = (run: string): Step =>
  api.post('/runs/log-batch', {
    run_id: `{{${run}}}`,
    metrics: [0, 1, 2].map((step) => ({ key: 'm', value: step, step, timestamp: 1700000000000 })),
  });

export const boundsGroup = [
  sequence(
    'digits of an experiment id, zeros in front among them',
    api.get('/experiments/get', { experiment_id: `${'0'.repeat(4300)}` }),
    api.get('/experiments/get', { experiment_id: `${'0'.repeat(4301)}` }),
    api.post('/experiments/update', { experiment_id: digits(4301), new_name: '{{unique}}' }),
    api.post('/runs/search', { experiment_ids: [digits(4301)] }),
    api.post('/runs/create', { experiment_id: `-${digits(4301)}` }),
    api.post('/logged-models/search', { experiment_ids: [digits(4301)] }),
  ),
  sequence(
    'digits of an integer in a body',
    createExperiment(),
    createRun(),
    setTag(digits(4300)),
    setTag(`-${digits(4300)}`),
    setTag(digits(4301)),
    setTag(`-${digits(4301)}`),
    setTag(`${digits(4301)}.5`),
    setTag(`0.${digits(4301)}`),
    api.post('/runs/log-metric', `{"run_id":"{{run}}","key":"m","timestamp":1,"value":1${'0'.repeat(308)}}`),
    api.post('/runs/log-metric', `{"run_id":"{{run}}","key":"m","timestamp":2,"value":1${'0'.repeat(309)}}`),
    createAt(digits(4301)),
    createAt(`"${digits(4301)}"`),
    getRun(),
  ),
  sequence(
    'digits of a version',
    api.get('/model-versions/get', { name: '{{unique}}', version: digits(4301) }),
    api.get('/model-versions/get', { name: '{{unique}}', version: '0'.repeat(4300) }),
  ),
  sequence(
    'digits of a number in a filter',
    createExperiment(),
    searchRuns(`start_time > ${digits(4301)}`),
    searchRuns(`metrics.a > ${digits(4301)}`),
    searchExperiments(`creation_time > ${digits(4301)}`),
    searchExperiments(`experiment_id = '${digits(4301)}'`),
    searchModels(`creation_time > ${digits(4301)}`),
  ),
  sequence(
    'levels of a body',
    createExperiment(),
    createRun(),
    setTag(nested(977)),
    setTag('{"a":'.repeat(977) + '1' + '}'.repeat(977)),
    setTag(nested(978)),
    setTag('['.repeat(978)),
    setTag('['.repeat(5)),
  ),
  sequence(
    'tokens of a filter, of which each blank is one',
    createExperiment(),
    searchRuns(most),
    searchRuns(tooMany),
    searchRuns(clause + '\r\n'.repeat(9993)),
    searchRuns(clause + '\n'.repeat(9994)),
    searchRuns(' '.repeat(200_000)),
    searchExperiments(most),
    searchExperiments(tooMany),
    searchModels(most),
    searchModels(tooMany),
  ),
  // More than Knox takes in a URL.
  ...needing(
    ['straight'],
    [
      sequence(
        'tokens of a filter in a query',
        searchByQuery('registered-models', most),
        searchByQuery('registered-models', tooMany),
        searchByQuery('model-versions', most),
        searchByQuery('model-versions', tooMany),
        searchByQuery('experiments', most),
        searchByQuery('experiments', tooMany),
      ),
    ],
  ),
  sequence(
    'brackets within each other',
    createExperiment(),
    ...[51, 100].map((depth) => searchRuns(`run_id IN ${'('.repeat(depth)}'x'${')'.repeat(depth)}`)),
    ...[51, 100].map((depth) => searchModels(`name IN ${'('.repeat(depth)}'x'${')'.repeat(depth)}`)),
  ),
  // Knox sends a pair that a query has twice only once.
  ...needing(
    ['straight'],
    [
      sequence(
        'sampled histories of runs that are named again',
        createExperiment(),
        createRun('one'),
        createRun('two'),
        log('one'),
        log('two'),
        interval(['two', 'one', 'two']),
        interval(Array.from({ length: 20 }, () => 'one')),
        interval(Array.from({ length: 101 }, () => 'one')),
      ),
    ],
  ),
];
