import fc from 'fast-check';
import { api, createExperiment, createModel, createRun, only, pausing } from '../../wire/sequence.ts';
import type { Step } from '../../wire/sequence.ts';
import type { Area } from '../area.ts';
import { filterText } from '../generate/filter.ts';
import type { FilterWords } from '../generate/filter.ts';
import { maybe, mostly, present } from '../generate/texts.ts';

const pick = <T>(from: readonly T[], index: number): T => from[index % from.length] as T;
const size = 20;

// The lists have lengths without a common factor, so that values meet in ever new ways; undefined is an absent key.
const names = ['tree', 'Tree', 'forest_1', 'forestx1', '100', 'é run 😀', 'b'];
const types = ['sklearn', '', 'SKLEARN'];
const rates = ['0.1', '0.01', undefined, '', '10'];
const teams = ['vision', 'Speech', undefined, '', 'VISION', 'é', 'y z', 'x'];
const values = [0.5, 'NaN', 1, undefined, -3, 1e300, 0, 0.5, 'Infinity', 0.9, 2];
const datasets = [{}, { dataset_name: 'wine', dataset_digest: '1' }, { dataset_name: 'wine', dataset_digest: '2' }];

const list = (entries: Readonly<Record<string, string | undefined>>) =>
  Object.entries(entries).flatMap(([key, value]) => (value === undefined ? [] : [{ key, value }]));

function makeModel(index: number): Step[] {
  const variable = `m${String(index)}`;
  const model_id = `{{${variable}}}`;
  const metrics = ['loss', 'acc', 'val/loss', 'a b'].flatMap((key, offset) =>
    [0, 1].flatMap((step) => {
      const value = pick(values, index * 3 + offset + step);
      const point = { key, value, timestamp: 1700000000000 + (step ^ (index & 1)), step, model_id };
      return value === undefined ? [] : [{ ...point, ...pick(datasets, index + offset + step) }];
    }),
  );
  return [
    pausing(
      createModel(variable, {
        name: pick(names, index),
        experiment_id: index % 9 === 8 ? '{{second}}' : '{{experiment}}',
        model_type: pick(types, index),
        source_run_id: index % 4 === 0 ? '{{run}}' : undefined,
        params: list({ lr: pick(rates, index), 'opt name': pick(teams, index + 1) }),
        tags: list({ team: pick(teams, index), 'a.b': pick(rates, index + 2) }),
      }),
    ),
    api.post('/runs/log-batch', { run_id: '{{run}}', metrics }),
    ...(index % 3 === 0 ? [api.patch(`/logged-models/${model_id}`, { model_id, status: 'LOGGED_MODEL_READY' })] : []),
    ...(index % 7 === 6 ? [api.delete(`/logged-models/${model_id}`)] : []),
  ];
}

const metrics = ['loss', 'acc', 'val/loss', 'a b', 'none'];
const pairs = ['lr', 'opt name', 'team', 'a.b', 'none', 'é'];
const attributes = ['name', 'model_type', 'source_run_id', 'status', 'model_id', 'artifact_location', 'creation_time'];
const more = ['lifecycle_stage', 'experiment_id', 'creation_timestamp', 'last_updated_timestamp', 'status_message'];
const words: FilterWords = {
  keys: {
    ...{ metrics, params: pairs, tags: pairs, metric: metrics, tag: pairs, Metrics: metrics, foo: ['a'] },
    ...{ '': [...attributes, ...attributes, ...more, 'foo'], attributes: [...attributes, ...more] },
  },
  isNumber: (prefix, key) => /^metric/i.test(prefix) || /time/.test(key),
  values: [
    ...['tree', 'Tree', 'forest_1', 'forestx1', '100', 'é run 😀', 'sklearn', 'SKLEARN', '0.1', '10', 'vision'],
    ...['y z', 'VISION', 'active', '1', '2', 'READY', '{{run}}', '{{m0}}', '{{m5}}', 'mlflow-artifacts:/'],
  ],
};

const field = mostly(
  ['name', 'creation_time', 'metrics.loss', 'metrics.acc', 'metrics.val/loss', 'status', 'model_type'],
  ['metrics.none', 'last_updated_timestamp', 'params.lr', 'foo', '', 'metrics.', 'experiment_id', 'source_run_id'],
);
const order = fc.array(
  fc
    .record({
      field_name: field,
      ascending: maybe(fc.boolean()),
      dataset_name: maybe(fc.constantFrom('wine', 'none', '')),
      dataset_digest: maybe(fc.constantFrom('1', '2', '')),
    })
    .map(present),
  { maxLength: 2 },
);
const on = fc.array(
  fc
    .record({ dataset_name: mostly(['wine'], ['none', '']), dataset_digest: maybe(fc.constantFrom('1', '2', '3', '')) })
    .map(present),
  { maxLength: 2 },
);
const ids = mostly([['{{experiment}}'], ['{{experiment}}', '{{second}}']], [['{{second}}'], [], ['999999'], ['x']]);

const search = (fields: Readonly<Record<string, unknown>>): Step =>
  only(
    'models',
    'info.model_id',
    api.post('/logged-models/search', present(fields), { capture: { token: 'next_page_token' } }),
  );

const unpaged = fc
  .record({
    experiment_ids: ids,
    filter: maybe(filterText(words)),
    order_by: maybe(order),
    datasets: fc.option(on, { nil: undefined, freq: 1 }),
    max_results: maybe(mostly<number | undefined>([undefined, 3, 7], [0, 1, 1000])),
  })
  .map((fields) => [search(fields)]);
const paged = fc
  .record({ experiment_ids: ids, order_by: maybe(order), max_results: fc.constantFrom(3, 7) })
  .map((fields) => {
    const next = search({ ...fields, page_token: '{{token}}' });
    return [search(fields), next, next];
  });

export const loggedModelFilters: Area = {
  name: 'logged model filters',
  needs: '/2.0/mlflow/logged-models',
  world: [
    createExperiment(),
    api.post('/experiments/create', { name: '{{unique}} second' }, { capture: { second: 'experiment_id' } }),
    createRun(),
    ...Array.from({ length: size }, (_none, index) => makeModel(index)).flat(),
  ],
  sequences: fc
    .array(fc.oneof({ weight: 5, arbitrary: unpaged }, { weight: 1, arbitrary: paged }), { minLength: 1, maxLength: 8 })
    .map((steps) => steps.flat()),
};
