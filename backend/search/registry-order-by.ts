import { brief } from '../brief.ts';
import { MlflowError, invalidParameter } from '../errors.ts';
import { splitIdentifier, unquotedKey } from './identifier.ts';
import { readClause, requireFewKeys } from './order-by.ts';
import { pythonList, pythonSet } from './python-text.ts';
import { isOneOf } from './validator/comparators.ts';
import { isTagEntity, unknownAttribute } from './validator/registry.ts';

/** One key of an order. */
export interface KeyOrder<Key extends string> {
  readonly key: Key;
  readonly ascending: boolean;
}

export type RegisteredModelKey = 'name' | 'last_updated_timestamp';
export type ModelVersionKey = 'name' | 'version_number' | 'creation_timestamp' | 'last_updated_timestamp';

/** By name where nothing is asked for or all is equal. @throws MlflowError where a clause is none, or repeats another */
export function readRegisteredModelOrder(clauses: readonly string[]): readonly KeyOrder<RegisteredModelKey>[] {
  const orders = readOrder(clauses, (identifier) => {
    if (identifier === 'timestamp' || identifier === 'last_updated_timestamp') return 'last_updated_timestamp';
    if (identifier === 'name') return identifier;
    const valid = pythonSet(['name', 'timestamp']);
    throw invalidParameter(brief`Invalid order by key '${identifier}' specified. Valid keys are '${valid}'`);
  });
  return withLast(orders, { key: 'name', ascending: true });
}

const versionKeys = ['name', 'version_number', 'creation_timestamp', 'last_updated_timestamp'] as const;
const lastWrittenFirst: readonly KeyOrder<ModelVersionKey>[] = [
  { key: 'last_updated_timestamp', ascending: false },
  { key: 'name', ascending: true },
  { key: 'version_number', ascending: false },
];

/** The last that was written first where nothing is asked for. @throws MlflowError as for models */
export function readModelVersionOrder(clauses: readonly string[]): readonly KeyOrder<ModelVersionKey>[] {
  if (clauses.length === 0) return lastWrittenFirst;
  const orders = readOrder(clauses, versionKey);
  return withLast(withLast(orders, { key: 'name', ascending: true }), { key: 'version_number', ascending: false });
}

/** MLflow's server takes a tag for the attribute of its name. */
function versionKey(identifier: string): ModelVersionKey {
  const { entity, key: quoted } = splitIdentifier(identifier);
  const key = unquotedKey(quoted);
  const isTag = isTagEntity(entity);
  if (isOneOf(key, versionKeys)) return key;
  if (!isTag) throw unknownAttribute(key, versionKeys);
  throw invalidParameter(brief`Invalid order by key '${key}' specified. Valid keys are ${pythonSet(versionKeys)}`);
}

function readOrder<Key extends string>(
  clauses: readonly string[],
  keyOf: (identifier: string) => Key,
): readonly KeyOrder<Key>[] {
  requireFewKeys(clauses);
  const seen = new Set<Key>();
  return clauses.map((clause) => {
    const { identifier, ascending } = readClause(clause);
    const key = keyOf(identifier);
    if (seen.has(key)) {
      throw new MlflowError('INTERNAL_ERROR', brief`\`order_by\` contains duplicate fields: ${pythonList(clauses)}`);
    }
    seen.add(key);
    return { key, ascending };
  });
}

const withLast = <Key extends string>(
  orders: readonly KeyOrder<Key>[],
  last: KeyOrder<Key>,
): readonly KeyOrder<Key>[] => (orders.some(({ key }) => key === last.key) ? orders : [...orders, last]);
