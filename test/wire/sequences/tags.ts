import { api, createExperiment, createRun, getRun, sequence } from '../sequence.ts';
import type { Step } from '../sequence.ts';

const setTag = (fields: Record<string, unknown>): Step => api.post('/runs/set-tag', { run_id: '{{run}}', ...fields });
const deleteTag = (fields: Record<string, unknown>): Step =>
  api.post('/runs/delete-tag', { run_id: '{{run}}', ...fields });
const onRun = (name: string, ...steps: readonly Step[]) =>
  sequence(name, createExperiment(), createRun(), ...steps, getRun());

export const tags = [
  onRun(
    'tags are set, replaced and removed',
    setTag({ key: 'a', value: '1' }),
    setTag({ key: 'a', value: '2' }),
    setTag({ key: 'b.c/d e', value: 'x' }),
    setTag({ key: 'gone', value: 'x' }),
    deleteTag({ key: 'gone' }),
  ),
  onRun(
    'removing a tag that is not there',
    deleteTag({ key: 'none' }),
    deleteTag({ key: '' }),
    deleteTag({}),
    deleteTag({ key: 7 }),
  ),
  onRun('removing the tag of the name', deleteTag({ key: 'mlflow.runName' })),
  onRun(
    'an empty value, no value, null',
    setTag({ key: 'a', value: '' }),
    setTag({ key: 'b' }),
    setTag({ key: 'c', value: null }),
  ),
  onRun(
    'values of another type',
    setTag({ key: 'a', value: 1 }),
    setTag({ key: 'b', value: false }),
    setTag({ key: 'c', value: [] }),
  ),
  onRun(
    'values up to 8000 characters',
    setTag({ key: 'long', value: 'v'.repeat(8000) }),
    setTag({ key: 'longer', value: 'v'.repeat(8001) }),
  ),
  onRun(
    'keys up to 250 characters',
    setTag({ key: 'k'.repeat(250), value: 'v' }),
    setTag({ key: 'k'.repeat(251), value: 'v' }),
  ),
  onRun(
    'keys that are refused',
    setTag({ key: '', value: 'v' }),
    setTag({ value: 'v' }),
    setTag({ key: '/a', value: 'v' }),
    setTag({ key: '..', value: 'v' }),
    setTag({ key: 'a//b', value: 'v' }),
    setTag({ key: 'a?b', value: 'v' }),
  ),
  onRun(
    "MLflow's own tags are tags like others",
    setTag({ key: 'mlflow.user', value: 'eve' }),
    setTag({ key: 'mlflow.parentRunId', value: '0123456789abcdef0123456789abcdef' }),
    setTag({ key: 'mlflow.note.content', value: '# Note\n\nwith *text*' }),
    deleteTag({ key: 'mlflow.user' }),
  ),
  sequence(
    'a run that is not there or not named',
    api.post('/runs/set-tag', { run_id: 'f'.repeat(32), key: 'a', value: 'b' }),
    api.post('/runs/set-tag', { key: 'a', value: 'b' }),
    api.post('/runs/delete-tag', { run_id: 'f'.repeat(32), key: 'a' }),
    api.post('/runs/delete-tag', { key: 'a' }),
  ),
];
