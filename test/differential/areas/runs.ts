import fc from 'fast-check';
import { api, createExperiment, createRun } from '../../wire/sequence.ts';
import type { Step } from '../../wire/sequence.ts';
import type { Area } from '../area.ts';
import {
  key,
  maybe,
  metricValue,
  mostly,
  present,
  runName,
  step,
  timestamp,
  userId,
  value,
} from '../generate/texts.ts';

const run = fc.oneof(
  { weight: 15, arbitrary: fc.constantFrom('{{run}}', '{{other}}') },
  { weight: 1, arbitrary: fc.constantFrom('', 'x', '0'.repeat(32), 'a/b', '{{run}}x', 'é', 'r'.repeat(257)) },
);
const tag = fc.record({ key, value });
const tags = fc.array(tag, { maxLength: 3 });
const status = mostly<unknown>(
  ['RUNNING', 'SCHEDULED', 'FINISHED', 'FAILED', 'KILLED'],
  ['finished', 'x', '', 3, '3', 9, 1.5, true, null, []],
);

const create = fc
  .record({ run_name: maybe(runName), user_id: maybe(userId), start_time: maybe(timestamp), tags: maybe(tags) })
  .map((fields) =>
    api.post('/runs/create', present({ experiment_id: '{{experiment}}', ...fields }), {
      capture: { other: 'run.info.run_id' },
    }),
  );
const update = fc
  .record({ run_id: run, status: maybe(status), end_time: maybe(timestamp), run_name: maybe(runName) })
  .map((fields) => api.post('/runs/update', present(fields)));
const logParam = fc.record({ run_id: run, key, value }).map((fields) => api.post('/runs/log-parameter', fields));
const setTag = fc.record({ run_id: run, key, value }).map((fields) => api.post('/runs/set-tag', fields));
const deleteTag = fc.record({ run_id: run, key }).map((fields) => api.post('/runs/delete-tag', fields));
const logMetric = fc
  .record({ run_id: run, key, value: metricValue, timestamp, step })
  .map((fields) => api.post('/runs/log-metric', present(fields)));
const point = fc.record({ key, value: metricValue, timestamp, step }).map(present);
const logBatch = fc
  .record({
    run_id: run,
    metrics: maybe(fc.array(point, { maxLength: 3 })),
    params: maybe(fc.array(fc.record({ key, value }), { maxLength: 3 })),
    tags: maybe(tags),
  })
  .map((fields) => api.post('/runs/log-batch', present(fields)));
const onRun = (path: string) => run.map((run_id) => api.post(`/runs/${path}`, { run_id }));
const get = run.map((run_id) => api.get('/runs/get', { run_id }));
const search = fc
  .record({
    run_view_type: fc.constantFrom('ACTIVE_ONLY', 'DELETED_ONLY', 'ALL'),
    filter: fc.constantFrom(
      '',
      "tags.a = 'x'",
      "params.a != 'y'",
      'metrics.a > 0',
      "status = 'FINISHED'",
      "run_name = 'one'",
    ),
    order_by: fc.constantFrom<readonly string[]>(['end_time'], ['metrics.a DESC'], ['tags.a', 'start_time DESC'], []),
  })
  .map((fields) => api.post('/runs/search', { experiment_ids: ['{{experiment}}'], ...fields }));
const onExperiment = fc
  .constantFrom('delete', 'restore')
  .map((path): Step => api.post(`/experiments/${path}`, { experiment_id: '{{experiment}}' }));

export const runs: Area = {
  name: 'runs',
  sequences: fc
    .array(
      fc.oneof(
        { weight: 1, arbitrary: create },
        { weight: 4, arbitrary: fc.oneof(logParam, setTag, deleteTag, logMetric) },
        { weight: 2, arbitrary: logBatch },
        { weight: 2, arbitrary: update },
        { weight: 2, arbitrary: fc.oneof(onRun('delete'), onRun('restore')) },
        { weight: 3, arbitrary: get },
        { weight: 3, arbitrary: search },
        { weight: 1, arbitrary: onExperiment },
      ),
      { minLength: 1, maxLength: 8 },
    )
    .map((steps) => [createExperiment(), createRun(), ...steps, api.get('/runs/get', { run_id: '{{run}}' })]),
};
