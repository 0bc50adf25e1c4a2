import fc from 'fast-check';
import { api, only, request } from '../../wire/sequence.ts';
import type { Query, Step } from '../../wire/sequence.ts';
import type { Area } from '../area.ts';
import { key, maybe, mostly, present } from '../generate/texts.ts';

type Fields = Readonly<Record<string, unknown>>;

const base = '/api/2.0/mlflow';
const send = (method: string, path: string, fields: Fields): Step =>
  request(method, base + path, {
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify(present(fields)),
    pauseMs: 2,
  });
const get = (path: string, fields: Fields): Step => api.get(path, present(fields) as Query);

const name = mostly(
  ['{{unique}}', '{{unique}} b'],
  ['', '{{unique}}/c', '{{unique}}é', `{{unique}}${'n'.repeat(240)}`, 'none'],
);
const version = mostly<string>(['1', '2'], ['0', '3', '-1', 'x', '', '1.0']);
const stage = mostly(['Staging', 'Production', 'Archived', 'None'], ['staging', 'PRODUCTION', 'x', '']);
const alias = mostly(['champion', 'other'], ['latest', 'v1', 'V2', 'a b', '', 'é', 'a'.repeat(256)]);
const value = mostly(['x', 'y', ''], ["it's", 'é', 'v'.repeat(5001), 'v'.repeat(100_001)]);
const source = mostly(
  ['s3://bucket/a', 's3://bucket/b'],
  ['', '/etc', 'file:///etc', 'models:/{{unique}}/1', 's3://b/../c', 'x', 'runs:/0/m'],
);
const description = fc.constantFrom('', 'what it is', 'é 😀');
const tags = fc.array(fc.record({ key, value }), { maxLength: 2 });

const of = (
  fields: Readonly<Record<string, fc.Arbitrary<unknown>>>,
  step: (fields: Fields) => Step,
): fc.Arbitrary<Step> => fc.record(fields).map((given) => step(given as Fields));
const post = (path: string) => (fields: Fields) => send('POST', path, fields);
const patch = (path: string) => (fields: Fields) => send('PATCH', path, fields);
const remove = (path: string) => (fields: Fields) => send('DELETE', path, fields);
const query = (path: string) => (fields: Fields) => get(path, fields);

const creations = fc.oneof(
  of({ name, description: maybe(description), tags: maybe(tags) }, post('/registered-models/create')),
  of({ name, source, description: maybe(description), tags: maybe(tags) }, post('/model-versions/create')),
  of({ name, source }, post('/model-versions/create')),
);
const changes = fc.oneof(
  of({ name, description: maybe(description) }, patch('/registered-models/update')),
  of({ name, new_name: maybe(name) }, post('/registered-models/rename')),
  of({ name, version, description: maybe(description) }, patch('/model-versions/update')),
  of(
    { name, version, stage, archive_existing_versions: maybe(fc.boolean()) },
    post('/model-versions/transition-stage'),
  ),
  of({ name, alias, version }, post('/registered-models/alias')),
  of({ name, key, value }, post('/registered-models/set-tag')),
  of({ name, version, key, value }, post('/model-versions/set-tag')),
);
const removals = fc.oneof(
  of({ name }, remove('/registered-models/delete')),
  of({ name, version }, remove('/model-versions/delete')),
  of({ name, alias }, remove('/registered-models/alias')),
  of({ name, key }, remove('/registered-models/delete-tag')),
  of({ name, version, key }, remove('/model-versions/delete-tag')),
);
const reads = fc.oneof(
  of({ name }, query('/registered-models/get')),
  of({ name, version }, query('/model-versions/get')),
  of({ name, alias }, query('/registered-models/alias')),
  of({ name, version }, query('/model-versions/get-download-uri')),
  of({ name, stages: maybe(fc.array(stage, { maxLength: 2 })) }, post('/registered-models/get-latest-versions')),
);

const modelFilter = mostly<string>(
  ["name LIKE '{{unique}}%'", "name = '{{unique}}'", "name ILIKE '{{unique}} B' AND name LIKE '{{unique}}%'"],
  [
    "name LIKE '{{unique}}%' AND tags.a = 'x'",
    "name LIKE '{{unique}}%' AND tag.a != 'x'",
    "foo = 'x'",
    "name > 'x'",
    "name = '{{unique}}",
  ],
);
const versionFilter = mostly<string>(
  ["name = '{{unique}}'", "name LIKE '{{unique}}%'", "name = '{{unique}}' AND version_number > 1"],
  [
    ...["name = '{{unique}}' AND tags.a = 'x'", "name = '{{unique}}' AND source_path = 's3://bucket/a'", "foo = 'x'"],
    ...[
      "name = '{{unique}}' AND run_id IN ('x')",
      "name = '{{unique}}' AND version_number = '1'",
      "name IN ('{{unique}}')",
    ],
  ],
);
const order = maybe(
  fc.array(
    mostly(['name', 'name DESC', 'last_updated_timestamp'], ['version_number DESC', 'timestamp', 'foo', 'name x']),
    { maxLength: 2 },
  ),
);
const searches = fc.oneof(
  of({ filter: modelFilter, order_by: order, max_results: maybe(fc.constantFrom('1', '10', '1001')) }, (fields) =>
    only('registered_models', 'name', get('/registered-models/search', fields)),
  ),
  of({ filter: versionFilter, order_by: order, max_results: maybe(fc.constantFrom('1', '10', '200001')) }, (fields) =>
    get('/model-versions/search', fields),
  ),
);

export const registry: Area = {
  name: 'registry',
  needs: '/2.0/mlflow/registered-models/create',
  sequences: fc
    .array(
      fc.oneof(
        { weight: 2, arbitrary: creations },
        { weight: 4, arbitrary: changes },
        { weight: 1, arbitrary: removals },
        { weight: 3, arbitrary: reads },
        { weight: 2, arbitrary: searches },
      ),
      { minLength: 1, maxLength: 9 },
    )
    .map((steps) => [
      send('POST', '/registered-models/create', { name: '{{unique}}' }),
      send('POST', '/model-versions/create', { name: '{{unique}}', source: 's3://bucket/model' }),
      ...steps,
    ]),
};
