import type { Int64 } from '../entities/int64.ts';
import { int64 } from '../entities/int64.ts';
import { inKeyOrder } from '../entities/order.ts';
import { SourceError } from '../services/import/source.ts';
import { Float, isArray, isObject, member } from '../wire/json/value.ts';
import type { Json, JsonObject } from '../wire/json/value.ts';

/** Reads fields of an answer as MLflow's servers spell them: int64 as a number or as text, NaN bare or as text. */

export const text = (object: JsonObject, key: string, absent = ''): string => {
  const value = member(object, key);
  return value === undefined || value === null ? absent : typeof value === 'string' ? value : wrong(key);
};

export function integer(object: JsonObject, key: string): Int64 | undefined {
  const value = member(object, key);
  if (value === undefined || value === null) return undefined;
  if (typeof value === 'bigint' || (typeof value === 'number' && Number.isInteger(value))) return int64(BigInt(value));
  return typeof value === 'string' && /^-?\d+$/.test(value) ? int64(BigInt(value)) : wrong(key);
}

/** An integer that fits a number, such as a time; 0 where it is absent. */
export const time = (object: JsonObject, key: string): number => Number(integer(object, key) ?? 0);

export function double(object: JsonObject, key: string): number {
  const value = member(object, key);
  if (value === undefined || value === null) return 0;
  if (value instanceof Float) return value.value;
  if (typeof value === 'number' || typeof value === 'bigint') return Number(value);
  return typeof value === 'string' && /^(-?Infinity|NaN)$/.test(value) ? Number(value) : wrong(key);
}

export function objects(object: JsonObject, key: string): readonly JsonObject[] {
  const value = member(object, key);
  if (value === undefined || value === null) return [];
  return isArray(value) ? value.map((item) => (isObject(item) ? item : wrong(key))) : wrong(key);
}

export function object(parent: JsonObject, key: string): JsonObject {
  const value: Json | undefined = member(parent, key);
  return value === undefined || value === null ? {} : isObject(value) ? value : wrong(key);
}

/** A list of keys and values as a map. */
export const pairs = (parent: JsonObject, key: string): ReadonlyMap<string, string> =>
  inKeyOrder(new Map(objects(parent, key).map((pair) => [text(pair, 'key'), text(pair, 'value')])));

function wrong(key: string): never {
  throw new SourceError(`The server's answer has a field '${key}' that cannot be read.`);
}
