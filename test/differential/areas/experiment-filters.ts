import fc from 'fast-check';
import { api, only, pausing } from '../../wire/sequence.ts';
import type { Step } from '../../wire/sequence.ts';
import type { Area } from '../area.ts';
import { filterText, orderText } from '../generate/filter.ts';
import type { FilterWords } from '../generate/filter.ts';
import { maybe, mostly, present } from '../generate/texts.ts';

const names = ['one', 'One', "it's", '100%', 'a_b', 'axb', 'é 😀', 'a\\b', 'two words', 'gone', 'gone too', 'renamed'];
const teams = ['vision', 'Vision', '', undefined, 'y z'];
const create = (name: string, index: number): Step[] => {
  const team = teams[index % teams.length];
  const tags = [
    ...(team === undefined ? [] : [{ key: 'team', value: team }]),
    { key: 'a.b', value: String(index % 3) },
  ];
  return [
    pausing(
      api.post(
        '/experiments/create',
        { name: `{{unique}} ${name}`, tags },
        { capture: { [`e${String(index)}`]: 'experiment_id' } },
      ),
    ),
  ];
};
/** Twelve experiments, a pause between them, so that the clock tells their times apart on both servers. */
const world = [
  ...names.flatMap(create),
  ...['{{e9}}', '{{e10}}'].map((experiment_id) => pausing(api.post('/experiments/delete', { experiment_id }))),
  pausing(api.post('/experiments/update', { experiment_id: '{{e11}}', new_name: '{{unique}} Renamed' })),
  pausing(api.post('/experiments/set-experiment-tag', { experiment_id: '{{e0}}', key: 'late', value: 'x' })),
];

const attributes = ['name', 'experiment_id', 'creation_time', 'last_update_time'];
const tags = ['team', 'a.b', 'late', 'none', 'c d'];
export const experimentWords: FilterWords = {
  keys: {
    ...{
      '': [...attributes, ...attributes, 'foo', 'lifecycle_stage', 'artifact_location', 'Name'],
      attribute: attributes,
    },
    ...{ tags, tag: tags, attributes: ['name'], attr: ['name'], params: ['a'], Tags: ['team'] },
  },
  isNumber: (_prefix, key) => key.endsWith('_time'),
  values: [
    ...names.map((name) => `{{unique}} ${name}`),
    ...['vision', 'Vision', 'y z', '0', '1', '{{e0}}', '{{e1}}', '0{{e2}}', '{{unique}}', '1700000000000'],
  ],
};
const view = mostly<string | undefined>([undefined, 'ALL'], ['ACTIVE_ONLY', 'DELETED_ONLY', 'x']);
const bound = mostly<number | undefined>([3, 5, 100], [undefined, 0, 1, -1, 50000, 50001, 1000]);
const order = fc.array(orderText(experimentWords), { maxLength: 3 });
const own = "name LIKE '{{unique}}%'";
/** Only the area's own experiments: the store has others. An invalid filter stays invalid behind the condition. */
const filter = fc
  .option(filterText(experimentWords), { nil: undefined, freq: 6 })
  .map((text) => (text === undefined ? own : `${own} AND ${text}`));

const search = (fields: Readonly<Record<string, unknown>>): Step =>
  only(
    'experiments',
    'name',
    api.post('/experiments/search', present(fields), { capture: { token: 'next_page_token' } }),
  );

const unpaged = fc
  .record({ filter, order_by: maybe(order), view_type: maybe(view), max_results: bound })
  .map((fields) => [search(fields)]);
const paged = fc
  .record({
    filter: fc.constant(own),
    order_by: maybe(order),
    view_type: maybe(view),
    max_results: fc.constantFrom(2, 5, 6),
  })
  .map((fields) => {
    const next = search({ ...fields, page_token: '{{token}}' });
    return [search(fields), next, next];
  });

export const experimentFilters: Area = {
  name: 'experiment filters',
  world,
  sequences: fc
    .array(fc.oneof({ weight: 5, arbitrary: unpaged }, { weight: 1, arbitrary: paged }), { minLength: 1, maxLength: 8 })
    .map((steps) => steps.flat()),
};
