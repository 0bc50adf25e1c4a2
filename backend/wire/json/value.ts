/**
 * A JSON value as Python's `json.loads` sees it: Python tells an int from a float by the token, and MLflow's messages
 * show which it was. An int is a `number`, beyond ±(2^53 - 1) a `bigint`; a float with a whole value is a `Float`, any
 * other float a `number`. The quick parser leaves whole floats as ints, for whoever need not know.
 */
export type Json = null | boolean | string | number | bigint | Float | readonly Json[] | JsonObject;

export interface JsonObject {
  readonly [key: string]: Json;
}

/** A float token with a whole value: `1.0`, `1e3`. */
export class Float {
  readonly value: number;

  constructor(value: number) {
    this.value = value;
  }
}

export function isObject(value: Json | undefined): value is JsonObject {
  return typeof value === 'object' && value !== null && !Array.isArray(value) && !(value instanceof Float);
}

export function isArray(value: Json | undefined): value is readonly Json[] {
  return Array.isArray(value);
}

/** The object's own value under the key; undefined where it has none. */
export function member(object: JsonObject, key: string): Json | undefined {
  return Object.hasOwn(object, key) ? object[key] : undefined;
}

/** Python's name of the value's type. */
export function pythonType(value: Json): string {
  if (value === null) return 'NoneType';
  if (typeof value === 'boolean') return 'bool';
  if (typeof value === 'string') return 'str';
  if (typeof value === 'bigint') return 'int';
  if (typeof value === 'number') return Number.isInteger(value) ? 'int' : 'float';
  if (value instanceof Float) return 'float';
  return Array.isArray(value) ? 'list' : 'dict';
}
