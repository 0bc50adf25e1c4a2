import fc from 'fast-check';
import { api, only } from '../../wire/sequence.ts';
import type { Step } from '../../wire/sequence.ts';
import type { Area } from '../area.ts';
import { filterText, orderText } from '../generate/filter.ts';
import type { FilterWords } from '../generate/filter.ts';
import { maybe, mostly, present } from '../generate/texts.ts';
import { runVariables, runWorld } from './run-world.ts';

const metrics = ['loss', 'acc', 'val/loss', 'a b', 'm.x', 'none'];
const pairs = ['lr', 'model', 'opt name', 'p.q', 'team', 'a.b', 'mlflow.source.name', 'mlflow.runName', 'é', 'none'];
const attributes = ['status', 'run_id', 'run_name', 'user_id', 'artifact_uri', 'start_time', 'end_time', 'created'];
const odd = [
  'Created',
  'run name',
  'Run name',
  'Run Name',
  'lifecycle_stage',
  'experiment_id',
  'foo',
  'START_TIME',
  'name',
];
export const runWords: FilterWords = {
  keys: {
    ...{
      metrics,
      metric: metrics,
      params: pairs,
      param: pairs,
      parameter: pairs,
      parameters: pairs,
      tags: pairs,
      tag: pairs,
    },
    ...{
      '': [...attributes, ...attributes, ...attributes, ...odd],
      attributes,
      attribute: [...attributes, ...odd],
      attr: attributes,
      run: attributes,
    },
    ...{ foo: ['a'], Metrics: ['loss'] },
  },
  isNumber: (prefix, key) => /^metric/i.test(prefix) || /^(start_time|end_time|created)$/i.test(key),
  values: [
    ...[
      'tree',
      'Tree',
      'forest_1',
      'vision',
      'VISION',
      'Speech',
      '0.1',
      'y z',
      '100%',
      'a\\b',
      'é',
      'FINISHED',
      'RUNNING',
      'KILLED',
    ],
    ...['ada', 'Ada', 'run', 'Run', 'run_1', 'finished', ...runVariables.slice(0, 12), 'mlflow-artifacts:/'],
  ],
};

const view = mostly<string | undefined>([undefined, 'ACTIVE_ONLY'], ['DELETED_ONLY', 'ALL', 'x', 'active_only', '']);
const ids = mostly(
  [['{{experiment}}'], ['{{experiment}}', '{{second}}']],
  [['{{second}}'], [], ['999999'], [' {{experiment}}'], ['x']],
);
const bound = mostly<number | undefined>([undefined, 3, 7, 20], [0, 1, -1, 50000, 50001]);
const order = fc.array(orderText(runWords), { maxLength: 3 });

const search = (fields: Readonly<Record<string, unknown>>): Step =>
  only('runs', 'info.run_id', api.post('/runs/search', present(fields), { capture: { token: 'next_page_token' } }));

const query = fc.record({
  experiment_ids: ids,
  filter: maybe(filterText(runWords)),
  order_by: maybe(order),
  run_view_type: maybe(view),
  max_results: maybe(bound),
});
const unpaged = query.map((fields) => [search(fields)]);
const paged = fc
  .record({ experiment_ids: ids, order_by: maybe(order), max_results: fc.constantFrom(3, 7, 11) })
  .map((fields) => {
    const next = search({ ...fields, page_token: '{{token}}' });
    return [search(fields), next, next, next];
  });

export const runFilters: Area = {
  name: 'run filters',
  world: runWorld,
  sequences: fc
    .array(fc.oneof({ weight: 5, arbitrary: unpaged }, { weight: 1, arbitrary: paged }), { minLength: 1, maxLength: 8 })
    .map((steps) => steps.flat()),
};
