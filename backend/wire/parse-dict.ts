import { int64 } from '../entities/int64.ts';
import type { Int64 } from '../entities/int64.ts';
import { parseFloatText, parseIntText } from './json/python.ts';
import { Float, isArray, isObject } from './json/value.ts';
import type { Json } from './json/value.ts';
import type { Field, Message, Nested, Scalar } from './message.ts';

/** Protobuf's ParseError: a JSON value that its field cannot hold. What was read before it stays in the message. */
export class ParseError extends Error {
  override readonly name = 'ParseError';
}

type Target = Record<string, unknown>;

const extensionName = /^\[[a-zA-Z0-9._]*\]$/;
const unpairedSurrogate = /\p{Surrogate}/u;
const int64Range = [-(2n ** 63n), 2n ** 63n - 1n] as const;
const int32Range = [-(2n ** 31n), 2n ** 31n - 1n] as const;

/**
 * Reads a JSON object into a message as `google.protobuf.json_format.ParseDict(..., ignore_unknown_fields=True)` does,
 * key by key in the object's order. It stops at the first value that does not fit and leaves `target` as it is then:
 * MLflow's handlers go on with such a message where no validator objects.
 * @throws ParseError
 */
export function parseDict(js: Json, message: Message, target: Target): void {
  // Python iterates over whatever it is given: the characters of a string are unknown fields, a number is an error.
  if (typeof js === 'string') return;
  if (isArray(js)) {
    if (js.every((name) => typeof name === 'string' && !message.byName.has(name) && !extensionName.test(name))) return;
    throw new ParseError('a list where a message belongs');
  }
  if (!isObject(js)) throw new ParseError('a scalar where a message belongs');
  for (const name of Object.keys(js)) {
    const field = message.byName.get(name);
    const value = js[name];
    if (field !== undefined && value !== undefined) parseField(field, value, target);
    else if (extensionName.test(name)) throw new ParseError('no extensions');
  }
}

function parseField(field: Field, value: Json, target: Target): void {
  const { type, name } = field;
  if (value === null) {
    target[name] = undefined;
  } else if (type.kind === 'repeated') {
    const items: unknown[] = [];
    target[name] = items;
    if (!isArray(value)) throw new ParseError('a repeated field must be a list');
    for (const item of value) appendItem(type.item, item, items);
  } else if (type.kind === 'message') {
    const child: Target = (target[name] as Target | undefined) ?? {};
    target[name] = child;
    parseDict(value, type.message, child);
  } else {
    const scalar = parseScalar(type, value);
    if (scalar !== undefined) target[name] = scalar;
  }
}

function appendItem(type: Scalar | Nested, item: Json, items: unknown[]): void {
  if (type.kind === 'message') {
    const child: Target = {};
    items.push(child);
    if (item === null) throw new ParseError('null in a repeated field');
    parseDict(item, type.message, child);
    return;
  }
  if (item === null) throw new ParseError('null in a repeated field');
  const scalar = parseScalar(type, item);
  if (scalar !== undefined) items.push(scalar);
}

/** @returns undefined for an unknown enum name, which is ignored as unknown fields are. */
function parseScalar(type: Scalar, value: Json): unknown {
  switch (type.kind) {
    case 'string':
      if (typeof value !== 'string' || unpairedSurrogate.test(value)) throw new ParseError('not a string');
      return value;
    case 'int64':
      return parseInteger(value, int64Range);
    case 'int32':
      return Number(parseInteger(value, int32Range));
    case 'double':
      return parseDouble(value);
    case 'bool':
      if (typeof value !== 'boolean') throw new ParseError('not a bool');
      return value;
    case 'enum':
      return parseEnum(value, type.numbers);
  }
}

function parseInteger(value: Json, [low, high]: readonly [bigint, bigint]): Int64 {
  if (typeof value === 'number' && Number.isSafeInteger(value) && low <= value && value <= high) return value;
  const integer = toInteger(value);
  if (integer === undefined || integer < low || integer > high) throw new ParseError('not an integer of the range');
  return int64(integer);
}

function toInteger(value: Json): bigint | undefined {
  if (typeof value === 'bigint') return value;
  if (typeof value === 'number') return wholeNumber(value);
  if (value instanceof Float) return wholeNumber(value.value);
  if (typeof value !== 'string' || value.includes(' ')) return undefined;
  return parseIntText(value) ?? wholeNumber(parseFloatText(value) ?? NaN);
}

const wholeNumber = (value: number): bigint | undefined => (Number.isInteger(value) ? BigInt(value) : undefined);

function parseDouble(value: Json): number {
  const number = value instanceof Float ? value.value : value;
  if (typeof number === 'number' && Number.isFinite(number)) return number;
  if (typeof number === 'bigint' && Number.isFinite(Number(number))) return Number(number);
  if (typeof number === 'boolean') return Number(number);
  // Exactly 'nan' is refused, every other spelling that Python's float() knows is fine.
  const parsed = typeof number === 'string' && number !== 'nan' ? parseFloatText(number) : undefined;
  if (parsed === undefined) throw new ParseError('not a number');
  return parsed;
}

function parseEnum(value: Json, numbers: Readonly<Record<string, number>>): string | undefined {
  if (isArray(value) || isObject(value) || value === null) throw new ParseError('not an enum value');
  if (typeof value === 'string' && Object.hasOwn(numbers, value)) return value;
  const number = enumNumber(value);
  if (number === undefined) return undefined;
  const name = Object.keys(numbers).find((key) => numbers[key] === number);
  if (name === undefined) throw new ParseError('no such enum number');
  return name;
}

/** Python's int(value), as a number: it truncates floats and takes booleans. */
function enumNumber(value: string | number | bigint | boolean | Float): number | undefined {
  const number = value instanceof Float ? value.value : value;
  if (typeof number === 'string') {
    const parsed = parseIntText(number);
    return parsed === undefined ? undefined : Number(parsed);
  }
  // No enum has so large a number, and yet it is one.
  if (typeof number === 'bigint') return Number(number);
  const truncated = Math.trunc(Number(number));
  return Number.isFinite(truncated) ? truncated : undefined;
}
