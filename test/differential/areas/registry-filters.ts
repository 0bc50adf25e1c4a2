import fc from 'fast-check';
import { api, createExperiment, createRun, only, pausing } from '../../wire/sequence.ts';
import type { Query, Step } from '../../wire/sequence.ts';
import type { Area } from '../area.ts';
import { filterText, orderText } from '../generate/filter.ts';
import type { FilterWords } from '../generate/filter.ts';
import { maybe, mostly, present } from '../generate/texts.ts';

type Fields = Readonly<Record<string, unknown>>;

const pick = <T>(from: readonly T[], index: number): T => from[index % from.length] as T;
const size = 9;

// The lists have lengths without a common factor, so that values meet in ever new ways; undefined is an absent tag.
const names = ['tree', 'Tree 2', 'forest_1', 'forestx1', '100%', 'é 😀', 'b'];
const teams = ['vision', 'Speech', undefined, '', 'VISION', 'é', 'y z', 'x'];
const rates = ['0.1', '0.01', undefined, '', '10'];
const sources = ['s3://bucket/a', 's3://bucket/B', 's3://other/a_1'];
const own = (name: string): string => `{{unique}} ${name}`;

const tagsOf = (index: number) =>
  Object.entries({ team: pick(teams, index), 'a.b': pick(rates, index + 2), 'c d': pick(rates, index) }).flatMap(
    ([key, value]) => (value === undefined ? [] : [{ key, value }]),
  );

function makeModel(index: number): Step[] {
  const name = own(index < names.length ? pick(names, index) : `model ${String(index)}`);
  const versions = Array.from({ length: index % 4 }, (_none, at) =>
    pausing(
      api.post('/model-versions/create', {
        ...{ name, source: pick(sources, index + at), tags: tagsOf(index * 3 + at) },
        ...((index + at) % 3 === 0 ? { run_id: '{{run}}' } : {}),
      }),
    ),
  );
  return [
    pausing(api.post('/registered-models/create', { name, tags: tagsOf(index) })),
    ...versions,
    ...(index % 3 === 1
      ? [pausing(api.patch('/model-versions/update', { name, version: '1', description: 'again' }))]
      : []),
    ...(index % 4 === 3 ? [pausing(api.delete('/model-versions/delete', { name, version: '2' }))] : []),
  ];
}

const tags = ['team', 'a.b', 'c d', 'none', 'é', 'name', 'mlflow.prompt.is_prompt'];
const values = [
  ...[...names.map(own), 'vision', 'VISION', 'y z', '0.1', '10', '1', '2', 'false', 'true', '{{run}}', ...sources],
  ...['{{unique}}', '{{unique}} TREE'],
];
const isNumber = (_prefix: string, key: string): boolean => /version|timestamp/.test(key);
const isQuotable = (prefix: string): boolean => prefix.startsWith('tag');
/** Mostly attributes that a filter may name. */
const words = (attributes: readonly string[], others: readonly string[]): FilterWords => ({
  keys: {
    ...{ tags, tag: tags, Tags: ['team'], foo: ['name'], attributes: ['name'] },
    ...{ '': [...attributes, ...attributes, ...attributes, ...others], attribute: [...attributes, 'description'] },
  },
  ...{ values, isNumber, isQuotable },
});
export const modelWords = words(['name', 'name', 'name'], ['version_number']);
export const versionWords = words(
  ['name', 'run_id', 'source_path', 'version_number'],
  ['creation_timestamp', 'current_stage'],
);
const ordered = (attributes: readonly string[]): FilterWords => ({
  keys: { '': [...attributes, ...attributes, 'timestamp', 'foo'], attribute: ['name'], tag: ['name', 'team'] },
  ...{ values, isNumber, isQuotable },
});
export const modelOrders = ordered(['name', 'last_updated_timestamp', 'name', 'timestamp']);
export const versionOrders = ordered(['name', 'version_number', 'creation_timestamp', 'last_updated_timestamp']);

/** Other sequences have models, too: all that is found is this world's. */
const filter = (of: FilterWords): fc.Arbitrary<string> =>
  fc.oneof(
    { weight: 6, arbitrary: filterText(of).map((text) => `${text} AND name LIKE '{{unique}}%'`) },
    { weight: 1, arbitrary: fc.constant("name LIKE '{{unique}}%'") },
  );
const order = (of: FilterWords) => maybe(fc.array(orderText(of), { maxLength: 2 }));

const searchModels = (fields: Fields): Step =>
  only('registered_models', 'name', {
    ...api.get('/registered-models/search', present(fields) as Query),
    capture: { token: 'next_page_token' },
  });
/** Of a version, its source and tags are the answer to which it is: a name alone is not. */
const searchVersions = (fields: Fields): Step =>
  api.get('/model-versions/search', present(fields) as Query, { capture: { token: 'next_page_token' } });

const search = (find: (fields: Fields) => Step, of: FilterWords, orders: FilterWords): fc.Arbitrary<Step[]> => {
  const unpaged = fc
    .record({
      filter: filter(of),
      order_by: order(orders),
      max_results: maybe(mostly(['3', '7'], ['1', '1000', '1001', '200000', '200001', '-1', 'x', ''])),
    })
    .map((fields) => [find(fields)]);
  const paged = fc.record({ order_by: order(orders), max_results: fc.constantFrom('2', '5') }).map((fields) => {
    const asked = { ...fields, filter: "name LIKE '{{unique}}%'" };
    const next = find({ ...asked, page_token: '{{token}}' });
    return [find(asked), next, next];
  });
  return fc.oneof({ weight: 5, arbitrary: unpaged }, { weight: 1, arbitrary: paged });
};

export const registryFilters: Area = {
  name: 'registry filters',
  needs: '/2.0/mlflow/registered-models/create',
  world: [createExperiment(), createRun(), ...Array.from({ length: size }, (_none, index) => makeModel(index)).flat()],
  sequences: fc
    .array(
      fc.oneof(search(searchModels, modelWords, modelOrders), search(searchVersions, versionWords, versionOrders)),
      {
        minLength: 1,
        maxLength: 8,
      },
    )
    .map((steps) => steps.flat()),
};
