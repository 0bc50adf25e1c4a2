import { api, createExperiment, createRun } from '../../wire/sequence.ts';
import type { Step } from '../../wire/sequence.ts';

const pick = <T>(from: readonly T[], index: number): T => from[index % from.length] as T;

const list = (entries: Readonly<Record<string, string | undefined>>) =>
  Object.entries(entries).flatMap(([key, value]) => (value === undefined ? [] : [{ key, value }]));

// The lists have lengths without a common factor, so that values meet in ever new ways; undefined is an absent key.
const losses = [0.5, 'NaN', 'Infinity', undefined, '-Infinity', 0, 1, 0.5, -3, 1e300, 5e-324];
const accuracies = [0.9, undefined, 0.8, 0.9, 1, 0, 'NaN'];
const rates = ['0.1', '0.01', undefined, '', '1e-3', '10', '9', 'é'];
const models = ['tree', 'Tree', 'forest_1', 'forestx1', "it's", '100%', undefined, 'a\\b', '"quoted"'];
const teams = ['vision', 'Speech', undefined, '', 'VISION'];
const dotted = ['x', undefined, 'y z', 'X'];
const statuses = ['FINISHED', undefined, 'FAILED', 'KILLED', 'RUNNING', 'SCHEDULED'];
const starts = [1700000001000, 1700000002000, 1700000001000, 0, 1700000003000, 1700000001000, 9007199254740993n];
const ends = [undefined, 1700000009000, 1700000008000, undefined, 0, 1700000009000, 1700000009001];
const users = ['ada', 'bob', 'Ada', ''];
const names = ['run', 'Run', 'one run', "run's", 'run_1', 'run%', 'r', 'é run 😀'];

function makeRun(index: number): Step[] {
  const variable = `r${String(index)}`;
  const name = `${pick(names, index)} ${String(index)}`;
  const run_id = `{{${variable}}}`;
  const start = String(pick(starts, index));
  const fields = { run_name: name, user_id: pick(users, index), start_time: start };
  const experiment_id = index % 9 === 8 ? '{{second}}' : '{{experiment}}';
  const measured = { loss: pick(losses, index), acc: pick(accuracies, index), 'val/loss': pick(losses, index + 4) };
  const metrics = Object.entries({ ...measured, 'a b': pick(accuracies, index + 2), 'm.x': index % 3 })
    .filter(([, value]) => value !== undefined)
    .map(([key, value]) => ({ key, value, timestamp: 1700000000000, step: 0 }));
  const params = list({
    lr: pick(rates, index),
    model: pick(models, index),
    'opt name': pick(dotted, index),
    'p.q': pick(teams, index),
  });
  const tags = list({
    team: pick(teams, index),
    'a.b': pick(dotted, index),
    'mlflow.source.name': pick(models, index),
    é: 'x',
  });
  const [status, end_time] = [pick(statuses, index), pick(ends, index)];
  return [
    createRun(variable, { ...fields, experiment_id }),
    api.post('/runs/log-batch', { run_id, metrics, params, tags }),
    ...(status === undefined && end_time === undefined ? [] : [api.post('/runs/update', { run_id, status, end_time })]),
    ...(index % 11 === 10 ? [api.post('/runs/delete', { run_id })] : []),
    ...(index % 13 === 12 ? [api.post('/runs/delete-tag', { run_id, key: 'mlflow.runName' })] : []),
  ];
}

const size = 40;
export const runVariables = Array.from({ length: size }, (_none, index) => `{{r${String(index)}}}`);

/** Forty runs in two experiments, with every kind of value that a search may meet, and many ties. */
export const runWorld: readonly Step[] = [
  createExperiment(),
  api.post('/experiments/create', { name: '{{unique}} second' }, { capture: { second: 'experiment_id' } }),
  ...Array.from({ length: size }, (_none, index) => makeRun(index)).flat(),
];
