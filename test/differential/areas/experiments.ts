import fc from 'fast-check';
import { api, only } from '../../wire/sequence.ts';
import type { Step } from '../../wire/sequence.ts';
import type { Area } from '../area.ts';
import { key, maybe, mostly, present, value } from '../generate/texts.ts';

/** Two names that many steps share, so that they meet; an odd one now and then. */
const name = mostly(
  ['{{unique}}', '{{unique}} b', '{{unique}} B'],
  ['', ' ', '{{unique}}/c', '{{unique}}é😀', `{{unique}}${'n'.repeat(500)}`, 'Default'],
);
const slot = fc.constantFrom('first', 'second');
const id = (from: string): string => `{{${from}}}`;
const anyId = fc.oneof(
  { weight: 12, arbitrary: slot.map(id) },
  // Never an id that a sequence beside this one may have been given.
  { weight: 1, arbitrary: fc.constantFrom('999999999', 'x', '', ' 999999999', '-1', '999999999.0') },
);
const location = mostly<string | undefined>(
  [undefined],
  ['', 'mlflow-artifacts:/{{unique}}', 's3://bucket/a', 's3://bucket/a?x=1', 's3://bucket/a#b', 's3://b/../c', 'x:y'],
);
const tag = fc.record({ key, value });
const tags = fc.array(tag, { maxLength: 3 });

const create = fc.tuple(slot, name, maybe(tags), location).map(([to, given, tagged, artifact_location]) =>
  api.post('/experiments/create', present({ name: given, tags: tagged, artifact_location }), {
    capture: { [to]: 'experiment_id' },
  }),
);
const onId = (path: string) => anyId.map((experiment_id) => api.post(`/experiments/${path}`, { experiment_id }));
const rename = fc
  .tuple(anyId, maybe(name))
  .map(([experiment_id, new_name]) => api.post('/experiments/update', present({ experiment_id, new_name })));
const setTag = fc
  .tuple(anyId, tag)
  .map(([experiment_id, one]) => api.post('/experiments/set-experiment-tag', { experiment_id, ...one }));
const deleteTag = fc
  .tuple(anyId, key)
  .map(([experiment_id, tagged]) => api.post('/experiments/delete-experiment-tag', { experiment_id, key: tagged }));
const createRun = fc
  .tuple(anyId)
  .map(([experiment_id]) =>
    api.post(
      '/runs/create',
      { experiment_id, run_name: 'r', start_time: 1700000000000 },
      { capture: { run: 'run.info.run_id' } },
    ),
  );
const get = anyId.map((experiment_id) => api.get('/experiments/get', { experiment_id }));
const getByName = name.map((experiment_name) => api.get('/experiments/get-by-name', { experiment_name }));
const search = fc.constantFrom('ACTIVE_ONLY', 'DELETED_ONLY', 'ALL').map((view_type): Step =>
  only(
    'experiments',
    'name',
    api.post('/experiments/search', {
      max_results: 10,
      view_type,
      filter: "name LIKE '{{unique}}%'",
      order_by: ['name'],
    }),
  ),
);
const runs = fc
  .constantFrom('ACTIVE_ONLY', 'DELETED_ONLY', 'ALL')
  .map((run_view_type) =>
    api.post('/runs/search', { experiment_ids: ['{{first}}', '{{second}}'].slice(0, 1), run_view_type }),
  );
const getRun = fc.constant(api.get('/runs/get', { run_id: '{{run}}' }));

const creation = api.post('/experiments/create', { name: '{{unique}}' }, { capture: { first: 'experiment_id' } });

export const experiments: Area = {
  name: 'experiments',
  sequences: fc
    .array(
      fc.oneof(
        { weight: 3, arbitrary: create },
        { weight: 2, arbitrary: fc.oneof(onId('delete'), onId('restore')) },
        { weight: 3, arbitrary: fc.oneof(rename, setTag, deleteTag) },
        { weight: 3, arbitrary: fc.oneof(get, getByName, search) },
        { weight: 2, arbitrary: fc.oneof(createRun, getRun, runs) },
      ),
      { minLength: 1, maxLength: 9 },
    )
    .map((steps) => [creation, ...steps]),
};
