import { ajax, api, needing, only, pausing, sequence } from '../sequence.ts';
import type { Query, Step } from '../sequence.ts';
import { createModel, createVersion, renameModel, setAlias, transition, updateModel } from './registry-steps.ts';

const own = "name LIKE '{{unique}}%'";
const search = (query: Query = {}, fields: Record<string, string> = {}): Step =>
  api.get('/registered-models/search', { filter: own, ...fields, ...(query as object) });
const found = (query: Query = {}): Step => only('registered_models', 'name', search(query));
const filtered = (...filters: readonly string[]): Step[] =>
  filters.map((filter) => found({ filter: `${own} AND ${filter}` }));
const alone = (...filters: readonly string[]): Step[] => filters.map((filter) => found({ filter }));

const prompt = { key: 'mlflow.prompt.is_prompt', value: 'true' };
const model = (suffix: string, tags: readonly object[] = []): Step =>
  pausing(createModel({ name: `{{unique}} ${suffix}`, tags }));

/** Four models and a prompt, `Alpha` the oldest. */
const onModels = (name: string, ...steps: readonly Step[]) =>
  sequence(
    name,
    model('Alpha', [
      { key: 'team', value: 'vision' },
      { key: 'a.b', value: 'x' },
    ]),
    model('beta', [{ key: 'team', value: 'Speech' }]),
    model('gamma_1'),
    model('gamma21', [{ key: 'mlflow.prompt.is_prompt', value: 'false' }]),
    model('prompt', [prompt, { key: 'team', value: 'vision' }]),
    ...steps,
  );

export const registeredModelSearch = [
  onModels('whole models, by name', search()),
  sequence(
    'models with their latest versions, without those aliases',
    createModel(),
    createVersion({ tags: [{ key: 'k', value: 'v' }] }),
    createVersion(),
    createVersion(),
    transition('1', 'Production'),
    transition('2', 'Staging'),
    setAlias({ alias: 'best', version: '1' }),
    setAlias({ alias: 'another', version: '3' }),
    search(),
  ),
  onModels(
    'pages: the last has no token',
    { ...found({ max_results: 2 }), capture: { second: 'next_page_token' } },
    found({ max_results: 2, page_token: '{{second}}' }),
    found({ max_results: 4 }),
    { ...found({ max_results: 1, order_by: ['name DESC'] }), capture: { next: 'next_page_token' } },
    found({ max_results: 1, order_by: ['name DESC'], page_token: '{{next}}' }),
  ),
  onModels(
    'page tokens that are none',
    found({ page_token: 'nonsense' }),
    found({ page_token: '' }),
    found({ page_token: 'eyJhIjogMX0=' }),
    found({ page_token: 'bm9uc2Vuc2U=' }),
  ),
  onModels(
    'max_results at its bounds',
    found({ max_results: 1000 }),
    found({ max_results: 1001 }),
    found({ max_results: 'x' }),
    found({ max_results: '1.5' }),
    found({ max_results: '2' }),
  ),
  onModels(
    'max_results of nothing and less',
    found({ max_results: 0 }),
    found({ max_results: -1 }),
    found({ max_results: 0, order_by: ['null'] }),
    found({ max_results: 0, filter: 'nothing' }),
  ),
  onModels(
    'orders',
    ...['name', 'name ASC', 'name desc', '`name` DESC', '"name" DESC'].map((order) => found({ order_by: [order] })),
    ...['timestamp', 'timestamp DESC', 'last_updated_timestamp DESC', 'last_updated_timestamp asc'].map((order) =>
      found({ order_by: [order] }),
    ),
    found({ order_by: ['timestamp DESC', 'name'] }),
    found({ order_by: ['name', 'timestamp'] }),
  ),
  onModels(
    'orders that are none',
    ...['creation_timestamp', 'attribute.name', 'tags.team', 'nothing', 'name UP', '', 'name, timestamp', '`name`'].map(
      (order) => found({ order_by: [order] }),
    ),
    found({ order_by: ['timestamp', 'last_updated_timestamp DESC'] }),
  ),
  // Knox takes a query's pair that comes twice for one.
  ...needing(['straight'], [onModels('an order that repeats itself', found({ order_by: ['name', 'name'] }))]),
  onModels(
    'a write moves the order by time',
    pausing(updateModel({ name: '{{unique}} Alpha', description: 'x' })),
    pausing(renameModel({ name: '{{unique}} beta', new_name: '{{unique}} zeta' })),
    found({ order_by: ['timestamp DESC'] }),
    pausing(createVersion({ name: '{{unique}} gamma_1' })),
    found({ order_by: ['timestamp DESC'] }),
    pausing(api.post('/registered-models/set-tag', { name: '{{unique}} zeta', key: 'a', value: 'b' })),
    found({ order_by: ['timestamp DESC'] }),
  ),
  onModels(
    'names by every comparator',
    ...filtered(
      "name = '{{unique}} beta'",
      "name != '{{unique}} beta'",
      "name LIKE '%alpha'",
      "name ILIKE '%alpha'",
      "name LIKE '%a_1'",
      "name like '%a_1'",
      "attribute.name = '{{unique}} beta'",
      'name = "{{unique}} beta"',
      "name IN ('{{unique}} beta', '{{unique}} gamma_1')",
      "name NOT IN ('{{unique}} beta', '{{unique}} gamma_1')",
      "name in ('{{unique}} beta')",
      "name IN ('nobody')",
    ),
    ...alone("name = '{{unique}} beta'", "name = '{{unique}} prompt'", "name IN ('{{unique}} prompt')"),
  ),
  onModels(
    'tags by every comparator',
    ...filtered(
      "tags.team = 'vision'",
      "tags.team != 'vision'",
      "tags.team LIKE 'S%'",
      "tag.team ILIKE 's%'",
      "tags.`a.b` = 'x'",
      "tags.a.b = 'x'",
      "tags.'team' = 'vision'",
      "tags.team = 'vision' AND tags.`a.b` = 'x'",
      "tags.team = 'vision' AND tags.team LIKE 'v%'",
      "tags.team = 'vision' AND tags.team = 'Speech'",
      "tags.nothing != 'x'",
    ),
  ),
  onModels(
    'prompts are hidden unless they are asked for',
    ...filtered(
      "tags.`mlflow.prompt.is_prompt` = 'true'",
      "tags.`mlflow.prompt.is_prompt` = 'TRUE'",
      "tags.`mlflow.prompt.is_prompt` = 'false'",
      "tags.`mlflow.prompt.is_prompt` != 'true'",
      "tags.`mlflow.prompt.is_prompt` != 'false'",
      "tags.`mlflow.prompt.is_prompt` LIKE 'true'",
      "tags.mlflow.prompt.is_prompt = 'true' AND tags.team = 'vision'",
      "tags.`mlflow.prompt.is_prompt` = 'false' AND tags.`mlflow.prompt.is_prompt` = 'true'",
      "tags.`mlflow.prompt.is_prompt` = 'true' AND tags.`mlflow.prompt.is_prompt` = 'false'",
    ),
  ),
  onModels(
    'filters that are none',
    ...filtered(
      "name = '{{unique}} beta' OR name = 'x'",
      'name',
      'name = beta',
      'name = 5',
      "nothing = 'x'",
      "name > 'a'",
      "tags.team > 'a'",
      'tags.team = 5',
      "tags.team IN ('a')",
      "params.x = 'y'",
      "attr.name = 'x'",
      "attributes.name = 'x'",
      "`name` = 'x'",
      "attribute.`name` = 'x'",
      'name IN ()',
      'name IN (1)',
      "name IN ('a'",
      "name = ('a')",
      "name = 'unclosed",
      'creation_timestamp > 5',
      "name LIKE '%' name LIKE '%'",
    ),
    ...alone('   ', ';', "name = 'a'; name = 'b'"),
  ),
  onModels('a name that is null or not', ...filtered('name IS NULL', 'tags.team IS NULL', 'tags.team IS NOT NULL')),
  onModels(
    'by the other surface',
    only('registered_models', 'name', ajax.get('/registered-models/search', { filter: own, order_by: ['name DESC'] })),
  ),
];
