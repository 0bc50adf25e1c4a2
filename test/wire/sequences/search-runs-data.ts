import { api, createExperiment, createRun, only, sequence } from '../sequence.ts';
import type { Sequence, Step } from '../sequence.ts';

interface RunData {
  readonly info?: Readonly<Record<string, unknown>>;
  readonly end?: Readonly<Record<string, unknown>>;
  readonly metrics?: Readonly<Record<string, number | string>>;
  readonly params?: Readonly<Record<string, string>>;
  readonly tags?: Readonly<Record<string, string>>;
}

/** Five runs that differ in what searches ask for; each is named by its letter, `a` is the oldest. */
const runs: Readonly<Record<string, RunData>> = {
  a: {
    info: { start_time: 1700000001000 },
    end: { status: 'FINISHED', end_time: 1700000009000 },
    metrics: { loss: 0.5, acc: 0.9, 'val/loss': 1 },
    params: { lr: '0.1', model: 'tree', 'opt name': 'adam' },
    tags: { team: 'vision', 'a.b': 'dotted', 'mlflow.source.name': 'train.py' },
  },
  b: {
    info: { start_time: 1700000002000 },
    metrics: { loss: 'NaN', acc: 0.8 },
    params: { lr: '0.01', model: 'Tree' },
    tags: { team: 'Speech' },
  },
  c: {
    info: { start_time: 1700000003000 },
    end: { status: 'FAILED', end_time: 1700000008000 },
    metrics: { loss: 'Infinity' },
    params: { model: 'forest_1' },
    tags: { team: 'vision', note: "it's 100% ok" },
  },
  d: { info: { start_time: 1700000004000, user_id: 'bob' } },
  e: {
    info: { start_time: 1700000005000 },
    end: { status: 'FINISHED', end_time: 1700000007000 },
    metrics: { loss: '-Infinity', acc: -3 },
    params: { lr: '', model: 'forestx1' },
    tags: { team: '' },
  },
};

const list = (entries: Readonly<Record<string, string>> = {}) =>
  Object.entries(entries).map(([key, value]) => ({ key, value }));

const makeRun = ([name, { info, end, metrics = {}, params, tags }]: readonly [string, RunData]): Step[] => [
  createRun(name, info),
  api.post('/runs/log-batch', {
    run_id: `{{${name}}}`,
    metrics: Object.entries(metrics).map(([key, value]) => ({ key, value, timestamp: 1700000000000, step: 0 })),
    params: list(params),
    tags: list(tags),
  }),
  ...(end === undefined ? [] : [api.post('/runs/update', { run_id: `{{${name}}}`, ...end })]),
];

/** A search of the sequence's own experiment, answered with whole runs. */
export const search = (fields: Readonly<Record<string, unknown>> = {}): Step =>
  api.post('/runs/search', { experiment_ids: ['{{experiment}}'], ...fields });

/** The names of the runs that a search gives, in its order. */
export const found = (fields: Readonly<Record<string, unknown>> = {}): Step =>
  only('runs', 'info.run_name', search(fields));

export const filtered = (...filters: readonly string[]): Step[] => filters.map((filter) => found({ filter }));

export const ordered = (...orders: readonly (readonly string[])[]): Step[] =>
  orders.map((order_by) => found({ order_by }));

export const onRuns = (name: string, ...steps: readonly Step[]): Sequence =>
  sequence(name, createExperiment(), ...Object.entries(runs).flatMap(makeRun), ...steps);
