import { api, createExperiment, createRun, only, pausing, sequence } from '../sequence.ts';
import type { Query, Step } from '../sequence.ts';
import {
  createModel,
  createVersion,
  deleteVersion,
  renameModel,
  setAlias,
  transition,
  updateVersion,
} from './registry-steps.ts';

const own = "name LIKE '{{unique}}%'";
const search = (query: Query = {}): Step => api.get('/model-versions/search', { filter: own, ...(query as object) });
const found = (query: Query = {}): Step => only('model_versions', 'description', search(query));
const filtered = (...filters: readonly string[]): Step[] =>
  filters.map((filter) => found({ filter: `${own} AND ${filter}` }));
const alone = (...filters: readonly string[]): Step[] => filters.map((filter) => found({ filter }));
const version = (name: string, description: string, fields: object = {}): Step =>
  createVersion({ name: `{{unique}} ${name}`, description, ...fields });
const prompt = [{ key: 'mlflow.prompt.is_prompt', value: 'true' }];

/** Two models with versions, and a prompt; descriptions tell them apart, `a1` is the oldest. */
const onVersions = (name: string, ...steps: readonly Step[]) =>
  sequence(
    name,
    createExperiment(),
    createRun(),
    createModel({ name: '{{unique}} a' }),
    createModel({ name: '{{unique}} b' }),
    createModel({ name: '{{unique}} p', tags: prompt }),
    version('a', 'a1', { run_id: '{{run}}', source: 'runs:/{{run}}/model', tags: [{ key: 'k', value: 'One' }] }),
    version('b', 'b1', {
      run_id: 'some-run',
      tags: [
        { key: 'k', value: 'two' },
        { key: 'l', value: 'x' },
      ],
    }),
    version('a', 'a2', { source: 's3://bucket/Other_1' }),
    version('p', 'p1', { source: 'dummy-source', tags: prompt }),
    version('a', 'a3', { source: 's3://bucket/otherx1', run_id: '{{run}}' }),
    ...steps,
  );

export const modelVersionSearch = [
  onVersions(
    'whole versions, the last that was written first',
    setAlias({ name: '{{unique}} a', alias: 'best', version: '1' }),
    search(),
    pausing(updateVersion({ name: '{{unique}} b', description: 'b1 again' })),
    found(),
    pausing(transition('1', 'Staging', { name: '{{unique}} a' })),
    found(),
    pausing(renameModel({ name: '{{unique}} b', new_name: '{{unique}} c' })),
    found(),
    deleteVersion('2', { name: '{{unique}} a' }),
    found(),
  ),
  onVersions(
    'pages: the last has no token',
    { ...found({ max_results: 3 }), capture: { second: 'next_page_token' } },
    found({ max_results: 3, page_token: '{{second}}' }),
    found({ max_results: 4 }),
    { ...found({ max_results: 1, order_by: ['version_number'] }), capture: { next: 'next_page_token' } },
    found({ max_results: 1, order_by: ['version_number'], page_token: '{{next}}' }),
  ),
  onVersions(
    'page tokens that are none',
    found({ page_token: 'nonsense' }),
    found({ page_token: '' }),
    found({ page_token: 'eyJhIjogMX0=' }),
  ),
  onVersions(
    'max_results at its bounds',
    ...[200_000, 200_001, 0, -1, 'x', '2'].map((max) => found({ max_results: max })),
  ),
  onVersions(
    'orders',
    ...[
      'name',
      'name DESC',
      'version_number',
      'version_number DESC',
      'creation_timestamp',
      'creation_timestamp DESC',
      'last_updated_timestamp',
      'attribute.name',
      'tags.name',
      '`name` DESC',
      '`name`',
    ].map((order) => found({ order_by: [order] })),
    found({ order_by: ['name', 'version_number'] }),
    found({ order_by: ['version_number DESC', 'name DESC'] }),
  ),
  onVersions(
    'orders that are none',
    ...['timestamp', 'run_id', 'tags.k', 'attr.name', 'nothing', 'name UP', '', 'name, version_number'].map((order) =>
      found({ order_by: [order] }),
    ),
    found({ order_by: ['name', 'name DESC'] }),
  ),
  onVersions(
    'names and numbers by every comparator',
    ...filtered(
      "name = '{{unique}} a'",
      "name != '{{unique}} a'",
      "name ILIKE '%A'",
      "name IN ('{{unique}} a', 'x')",
      "name NOT IN ('{{unique}} a', 'x')",
      'version_number = 1',
      'version_number != 1',
      'version_number > 1',
      'version_number >= 2',
      'version_number < 2',
      'version_number <= 2',
      "version_number = '1'",
      "version_number = ' 1 '",
      "version_number = '1.0'",
      "version_number = 'x'",
      'version_number = 1.0',
      'version_number = 1e0',
      "version_number LIKE '1'",
      'version_number IN (1)',
      "version_number IN ('1')",
      'attribute.version_number = 1',
      'version_number = -1',
    ),
    ...alone("name = '{{unique}} a'", "name='{{unique}} p'", "name IN ('{{unique}} b')"),
  ),
  onVersions(
    'runs and sources by every comparator',
    ...filtered(
      "run_id = '{{run}}'",
      "run_id != '{{run}}'",
      "run_id LIKE 'some%'",
      "run_id ILIKE 'SOME%'",
      "run_id IN ('{{run}}')",
      "run_id IN ('{{run}}', 'some-run')",
      "run_id IN ('SOME-RUN')",
      "run_id NOT IN ('{{run}}')",
      "run_id = ''",
      "run_id = ('{{run}}')",
      "source_path = 's3://bucket/model'",
      "source_path != 's3://bucket/model'",
      "source_path LIKE '%other_1'",
      "source_path ILIKE '%other_1'",
      "source_path IN ('a')",
      'run_id IN ()',
      'run_id IN (1)',
    ),
    ...alone("run_id = '{{run}}'", "run_id IN ('{{run}}', 'nobody')"),
  ),
  onVersions(
    'tags by every comparator',
    ...filtered(
      "tags.k = 'One'",
      "tags.k != 'One'",
      "tags.k LIKE 'O%'",
      "tag.k ILIKE 'T%'",
      "tags.`k` = 'two' AND tags.l = 'x'",
      "tags.k = 'two' AND tags.k = 'One'",
      "tags.`mlflow.prompt.is_prompt` = 'true'",
      "tags.`mlflow.prompt.is_prompt` = 'false'",
      "tags.`mlflow.prompt.is_prompt` != 'true'",
    ),
  ),
  onVersions(
    'a model of which one version is a prompt, and was',
    version('b', 'b2', { source: 'dummy-source', tags: prompt }),
    found(),
    ...filtered("tags.`mlflow.prompt.is_prompt` = 'true'"),
    deleteVersion('2', { name: '{{unique}} b' }),
    found(),
    deleteVersion('1', { name: '{{unique}} p' }),
    createVersion({ name: '{{unique}} p', description: 'p2' }),
    found(),
  ),
  onVersions(
    'filters that are none',
    ...filtered(
      "name = 'a' OR name = 'x'",
      'name',
      'name = 5',
      'run_id = 5',
      "nothing = 'x'",
      "name > 'a'",
      "run_id > 'a'",
      "source_path > 'a'",
      "tags.k > 'a'",
      'tags.k = 5',
      "attr.name = 'x'",
      "aliases = 'x'",
      'creation_timestamp > 5',
      "stage = 'Staging'",
    ),
    ...alone(';', "name = 'a'; name = 'b'"),
  ),
  onVersions('a run that is null or not', ...filtered('run_id IS NULL', 'tags.k IS NOT NULL')),
];
