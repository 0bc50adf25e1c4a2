import { ajax, api, createExperiment, createRun, getRun, request, sequence } from '../sequence.ts';
import type { Step } from '../sequence.ts';

type Fields = Readonly<Record<string, unknown>>;

const ofRun = (path: string) => (fields: Fields) => api.post(path, { run_id: '{{run}}', ...fields });
const setTag = ofRun('/runs/set-tag');
const logParam = ofRun('/runs/log-parameter');
const update = ofRun('/runs/update');
const batch = ofRun('/runs/log-batch');
const logMetric = (fields: string): Step => api.post('/runs/log-metric', `{"run_id":"{{run}}",${fields}}`);
const createIn = (fields: Fields): Step =>
  api.post('/runs/create', { experiment_id: '{{experiment}}', user_id: 'ada', start_time: 1, ...fields });
const create = (fields: Fields): Step => api.post('/experiments/create', fields);
const experimentById = (id: string): Step => api.get('/experiments/get', { experiment_id: id });
const history = (query: Fields = {}): Step =>
  api.get('/metrics/get-history', { run_id: '{{run}}', metric_key: 'm', ...(query as Record<string, string>) });
const search = (fields: Fields): Step => api.post('/runs/search', { experiment_ids: ['{{experiment}}'], ...fields });
const onRun = (name: string, ...steps: readonly Step[]) =>
  sequence(name, createExperiment(), createRun(), ...steps, getRun());

const see = ['content-range', 'content-disposition'];
const proxied = '/api/2.0/mlflow-artifacts/artifacts/{{unique}}/d/a.txt';
const range = (bytes: string): Step => request('GET', proxied, { headers: { range: bytes }, see });

/** Values that two parsers like to read differently. */
export const oddValues = [
  onRun(
    'names of a run that are empty, null, long or gone',
    setTag({ key: 'mlflow.runName', value: '' }),
    getRun(),
    update({ run_name: null }),
    update({ run_name: 'n'.repeat(300) }),
    api.post('/runs/delete-tag', { run_id: '{{run}}', key: 'mlflow.runName' }),
    getRun(),
    update({ status: 'FINISHED' }),
    update({ run_name: 'again' }),
  ),
  sequence(
    'names and users of a new run that are long or blank, and fields that creation does not know',
    createExperiment(),
    createIn({ run_name: 'n'.repeat(300) }),
    createIn({ run_name: ' ' }),
    createIn({ run_name: 'a\nb' }),
    createIn({ run_name: 'r', user_id: 'u'.repeat(300) }),
    createIn({ run_name: 'r', end_time: 7, status: 'FAILED' }),
  ),
  onRun(
    'a param whose value is cut, logged again whole, cut and longer',
    logParam({ key: 'a', value: 'v'.repeat(6001) }),
    logParam({ key: 'a', value: 'v'.repeat(6000) }),
    logParam({ key: 'a', value: 'v'.repeat(7000) }),
    logParam({ key: 'a', value: 'w' }),
    batch({ params: [{ key: 'b', value: 'v'.repeat(6001) }] }),
  ),
  onRun(
    'tags whose values are cut, by characters and not by bytes',
    setTag({ key: 'a', value: 'é'.repeat(8001) }),
    batch({ tags: [{ key: 'b', value: 'v'.repeat(8001) }] }),
    setTag({ key: 'mlflow.note.content', value: 'x'.repeat(9000) }),
  ),
  onRun(
    'numbers in every clothing',
    logMetric('"key":"a","value":1,"timestamp":"1e3"'),
    logMetric('"key":"b","value":1,"timestamp":1,"step":1e18'),
    logMetric('"key":"c","value":1,"timestamp":1,"step":1e19'),
    logMetric('"key":"d","value":1,"timestamp":1,"step":"9007199254740993"'),
    logMetric('"key":"e","value":1,"timestamp":1,"step":"9223372036854775808"'),
    logMetric('"key":"f","value":123456789012345678901234567890,"timestamp":1'),
    logMetric('"key":"g","value":"","timestamp":1'),
    logMetric('"key":"h","value":" ","timestamp":1'),
    logMetric('"key":"i","value":"1e5","timestamp":""'),
    logMetric('"key":"j","value":false,"timestamp":1'),
    logMetric('"key":"k","value":1,"timestamp":true'),
    logMetric('"key":"l","value":1,"timestamp":-0.0'),
    logMetric('"key":"m","value":1,"timestamp":1.9999999999999999'),
  ),
  onRun(
    'entries of a batch with fields left out, in another case, half of a dataset',
    batch({ metrics: [{ key: 'a', value: 1, timestamp: 1 }] }),
    batch({ metrics: [{ key: 'b', value: '2.5', timestamp: '2', step: '3' }] }),
    batch({ metrics: [{ key: 'c', value: true, timestamp: 1 }] }),
    batch({ metrics: [{ Key: 'c', value: 1, timestamp: 1 }] }),
    batch({ metrics: [{ key: 'd', value: 1, timestamp: 1, modelId: '' }] }),
    batch({ metrics: [{ key: 'e', value: 1, timestamp: 1, dataset_name: 'x', datasetDigest: 'y' }] }),
    batch({ metrics: [{ key: 'f', value: 1, timestamp: 1, dataset_name: 'x' }] }),
    batch({ params: [{ key: 'p' }, { key: 'q', value: null }] }),
    batch({ tags: [{ key: 't' }, { key: 'u', value: null }] }),
    batch({ tags: {} }),
    batch({ metrics: [{ key: 'z', value: 1, timestamp: -5 }] }),
  ),
  sequence(
    'experiments with fields that are empty, null, of another type or unknown',
    create({ name: ' ' }),
    create({ name: '{{unique}}a', tags: [] }),
    create({ name: '{{unique}}b', tags: null }),
    create({ name: '{{unique}}c', tags: [{ key: 'a' }] }),
    create({ name: '{{unique}}d', artifact_location: '' }),
    create({ name: '{{unique}}e', artifact_location: null }),
    create({ name: '{{unique}}f', artifactLocation: 's3://b/c' }),
    create({ name: '{{unique}}g', artifact_location: 5 }),
    create({ name: '{{unique}}h', tags: {} }),
    create({ name: '{{unique}}i', tags: 'x' }),
    create({ name: 5 }),
    create({ name: ['a'] }),
    create({ name: '{{unique}}j', tags: [{ key: 5, value: '' }] }),
    create({ name: '{{unique}}k', workspace: 'other' }),
    create({ name: '{{unique}}l', experiment_id: '999' }),
  ),
  sequence(
    'spellings of an experiment id',
    ...[' 0', '00', '0x0', '1_0000000', '+0', '0.0'].map(experimentById),
    api.post('/experiments/update', { experiment_id: 'abc', new_name: 'x' }),
    api.post('/experiments/delete', { experiment_id: 'abc' }),
    api.post('/experiments/delete', { experiment_id: 0 }),
  ),
  onRun(
    'points that differ in one of time, step and value only',
    batch({
      metrics: Array.from({ length: 7 }, (_none, index) => ({
        key: 'm',
        value: index % 3,
        timestamp: 5 - (index % 2),
        step: index % 4,
      })),
    }),
    history(),
    history({ max_results: 3 }),
    history({ max_results: '+2' }),
    history({ max_results: ' 2' }),
    history({ max_results: '2.0' }),
    history({ max_results: '' }),
    api.get('/metrics/get-history', 'run_id={{run}}&metric_key=m&max_results=2&max_results=3'),
    ajax.get('/metrics/get-history-bulk', { run_id: '{{run}}', metric_key: 'm', max_results: '0' }),
    ajax.get('/metrics/get-history-bulk', { run_id: '{{run}}', metric_key: '' }),
    api.get('/metrics/get-history-bulk-interval', { run_ids: '{{run}}', metric_key: 'm', max_results: 3 }),
  ),
  onRun(
    'searches with the same key twice, ids with spaces, sizes as doubles',
    search({ order_by: ['metrics.x', 'metrics.x'] }),
    search({ order_by: ['params.`a b` ASC'] }),
    search({ filter: "run_name ILIKE 'RUN'" }),
    search({ filter: "tags.mlflow.runName = 'run'" }),
    search({ filter: 'end_time > 0' }),
    search({ run_view_type: 'active_only' }),
    search({ experiment_ids: ['{{experiment}}', ' {{experiment}}'] }),
    search({ experiment_ids: [null] }),
    search({ experiment_ids: null }),
    search({ max_results: 50000.0 }),
    search({ runViewType: 'DELETED_ONLY' }),
  ),
  sequence(
    'ranges of a file, which the proxy serves',
    request('PUT', proxied, { body: '0123456789' }),
    ...['bytes=2-4', 'bytes=-3', 'bytes=7-', 'lines=1-2'].map(range),
  ),
  onRun(
    'characters that JSON escapes, and half of a surrogate pair',
    setTag({ key: 'u', value: '\u2028\u007f\u0001' }),
    api.post('/runs/set-tag', '{"run_id":"{{run}}","key":"s","value":"\\ud800\\udc00 \\udc00"}'),
  ),
];
