import { ajax, api, only, pausing, sequence } from '../sequence.ts';
import type { Query, Step } from '../sequence.ts';

const create = (suffix: string, variable: string, tags: readonly { key: string; value: string }[] = []): Step =>
  pausing(
    api.post(
      '/experiments/create',
      { name: `{{unique}} ${suffix}`, tags },
      { capture: { [variable]: 'experiment_id' } },
    ),
  );

const own = "name LIKE '{{unique}}%'";
const search = (fields: Readonly<Record<string, unknown>> = {}): Step =>
  api.post('/experiments/search', { max_results: 10, filter: own, ...fields });
const found = (fields: Readonly<Record<string, unknown>> = {}): Step => only('experiments', 'name', search(fields));
const filtered = (...filters: readonly string[]): Step[] =>
  filters.map((filter) => found({ filter: `${own} AND ${filter}` }));
const byQuery = (query: Query): Step => only('experiments', 'name', api.get('/experiments/search', query));

/** Three experiments, `Alpha` the oldest; a search looks at them by the name that they share. */
const onExperiments = (name: string, ...steps: readonly Step[]) =>
  sequence(
    name,
    create('Alpha', 'alpha', [
      { key: 'team', value: 'vision' },
      { key: 'a.b', value: 'x' },
    ]),
    create('beta', 'beta', [{ key: 'team', value: 'Speech' }]),
    create('gamma_1', 'gamma'),
    ...steps,
  );

export const searchExperiments = [
  onExperiments('whole experiments, newest first', search()),
  onExperiments(
    'deleted experiments by view type',
    api.post('/experiments/delete', { experiment_id: '{{beta}}' }),
    found(),
    found({ view_type: 'ACTIVE_ONLY' }),
    found({ view_type: 'DELETED_ONLY' }),
    found({ view_type: 'ALL' }),
    found({ view_type: 3 }),
    found({ view_type: 'EVERYTHING' }),
    found({ view_type: 9 }),
  ),
  onExperiments(
    'pages: the last has no token',
    { ...found({ max_results: 2 }), capture: { second: 'next_page_token' } },
    found({ max_results: 2, page_token: '{{second}}' }),
    found({ max_results: 3 }),
    { ...found({ max_results: 1, order_by: ['name DESC'] }), capture: { next: 'next_page_token' } },
    {
      ...found({ max_results: 1, order_by: ['name DESC'], page_token: '{{next}}' }),
      capture: { last: 'next_page_token' },
    },
    found({ max_results: 1, order_by: ['name DESC'], page_token: '{{last}}' }),
  ),
  onExperiments(
    'page tokens that are none',
    found({ page_token: 'nonsense' }),
    found({ page_token: '' }),
    found({ page_token: 7 }),
  ),
  onExperiments(
    'max_results at its bounds',
    found({ max_results: 50000 }),
    found({ max_results: 50001 }),
    found({ max_results: 0 }),
    found({ max_results: -1 }),
    found({ max_results: 'x' }),
    found({ max_results: '2' }),
    only('experiments', 'name', api.post('/experiments/search', { filter: own })),
  ),
  onExperiments(
    'orders',
    found({ order_by: ['name'] }),
    found({ order_by: ['name ASC'] }),
    found({ order_by: ['name desc'] }),
    found({ order_by: ['experiment_id'] }),
    found({ order_by: ['experiment_id DESC'] }),
    found({ order_by: ['attribute.name'] }),
    found({ order_by: ['creation_time', 'name'] }),
    found({ order_by: ['last_update_time DESC', 'experiment_id DESC'] }),
    found({ order_by: [] }),
  ),
  onExperiments(
    'orders that are none',
    found({ order_by: ['tags.team'] }),
    found({ order_by: ['nothing'] }),
    found({ order_by: ['name UP'] }),
    found({ order_by: [''] }),
    found({ order_by: 'name' }),
    found({ order_by: ['name, experiment_id'] }),
  ),
  onExperiments(
    'names by every comparator',
    ...filtered(
      "name = '{{unique}} beta'",
      "name != '{{unique}} beta'",
      "name LIKE '%alpha'",
      "name ILIKE '%alpha'",
      "name LIKE '%a_1'",
      "attribute.name = '{{unique}} beta'",
      "attributes.name = '{{unique}} beta'",
      "attr.name = '{{unique}} beta'",
      '`name` = "{{unique}} beta"',
    ),
  ),
  onExperiments(
    'tags by every comparator',
    ...filtered(
      "tags.team = 'vision'",
      "tags.team != 'vision'",
      "tags.team LIKE 'S%'",
      "tag.team ILIKE 's%'",
      "tags.`a.b` = 'x'",
      "tags.a.b = 'x'",
      "tags.team = 'vision' AND tags.`a.b` = 'x'",
      "tags.nothing != 'x'",
      'tags.team IS NULL',
      'tags.team IS NOT NULL',
    ),
  ),
  onExperiments(
    'times and ids',
    ...filtered(
      'creation_time > 0',
      'creation_time < 1',
      'last_update_time >= 1',
      "creation_time > 'x'",
      'creation_time LIKE 5',
      "experiment_id = '{{beta}}'",
    ),
  ),
  onExperiments(
    'filters that are none',
    ...filtered(
      "name = '{{unique}} beta' OR name = 'x'",
      'name',
      'name = beta',
      'name = 5',
      "nothing = 'x'",
      "name > 'a'",
      "tags.team > 'a'",
      "params.x = 'y'",
      "name IN ('a')",
      "name = 'unclosed",
    ),
    found({ filter: 5 }),
    found({ filter: null, max_results: 0 }),
  ),
  onExperiments(
    'by GET: every field as a query',
    byQuery({ max_results: 2, filter: own }),
    byQuery({ max_results: 10, filter: own, order_by: ['name', 'experiment_id'] }),
    byQuery({ max_results: 10, filter: own, view_type: 'ALL' }),
    byQuery({ max_results: 'x', filter: own }),
    byQuery({ max_results: 0, filter: own }),
    only(
      'experiments',
      'name',
      ajax.get('/experiments/search', { max_results: 10, filter: own, view_type: 'ACTIVE_ONLY' }),
    ),
    only('experiments', 'name', ajax.post('/experiments/search', { max_results: 10, filter: own })),
  ),
  onExperiments(
    'a write moves last_update_time and not the order',
    api.post('/experiments/update', { experiment_id: '{{alpha}}', new_name: '{{unique}} Alpha again' }),
    api.post('/experiments/set-experiment-tag', { experiment_id: '{{beta}}', key: 'k', value: 'v' }),
    found(),
  ),
];
