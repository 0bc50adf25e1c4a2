import type {
  ExperimentClause,
  ModelVersionClause,
  RegisteredModelClause,
  RunClause,
} from '../../../backend/search/clauses.ts';
import type { ExperimentOrder, RunOrder } from '../../../backend/search/order-by.ts';
import type { KeyOrder } from '../../../backend/search/registry-order-by.ts';
import { floatRepr } from '../../../backend/wire/json/python.ts';

/** A clause as test/record/search-cases.py writes one: kind, key, comparator, value. */
export type Shown = readonly [kind: string, key: string, comparator: string, value: unknown];

export function shownRunClause(clause: RunClause): Shown {
  const kind = clause.of.endsWith('attribute') ? 'attribute' : clause.of;
  return [kind, clause.key, clause.test.comparator, shownValue(clause.test)];
}

export function shownExperimentClause(clause: ExperimentClause): Shown {
  if (clause.of === 'id') return ['attribute', 'experiment_id', clause.test.comparator, clause.test.values];
  const kind = clause.of.endsWith('attribute') ? 'attribute' : clause.of;
  return [kind, clause.key, clause.test.comparator, shownValue(clause.test)];
}

export function shownRegistryClause(clause: RegisteredModelClause | ModelVersionClause): Shown {
  const { comparator } = clause.test;
  if (clause.of === 'tag') return ['tag', clause.key, comparator, shownValue(clause.test)];
  const key = clause.of === 'name' ? 'name' : clause.of === 'version number' ? 'version_number' : clause.key;
  return ['attribute', key, comparator, shownValue(clause.test)];
}

export const shownOrder = (order: RunOrder | ExperimentOrder | KeyOrder<string>): unknown => [
  'of' in order ? order.of : 'attribute',
  order.key,
  order.ascending,
];

function shownValue(test: RunClause['test']): unknown {
  if ('values' in test) return test.values;
  if (!('value' in test)) return null;
  const { value } = test;
  if (typeof value === 'string') return value;
  const whole = typeof value === 'bigint' ? value : Number.isInteger(value) ? BigInt(value) : undefined;
  return { number: whole === undefined ? floatRepr(Number(value)) : String(whole) };
}
