import type { Int64 } from '../entities/int64.ts';
import { floatRepr, quote } from './json/python.ts';
import type { Field, Message, MessageOf, Nested, Scalar } from './message.ts';

/**
 * A message as MLflow's server prints it: proto field names, int64 as digits, doubles as Python's repr with NaN and the
 * infinities quoted, enums by name, absent fields and empty repeated ones left out. Only white space differs.
 */
export function encode<M extends Message>(message: M, value: MessageOf<M>): string {
  return encodeFields(message, value);
}

function encodeFields(message: Message, value: Readonly<Record<string, unknown>>): string {
  let out = '';
  for (const field of message.fields) {
    const item = value[field.name];
    if (item === undefined) continue;
    const text = encodeField(field, item);
    if (text !== '') out += (out === '' ? '{"' : ',"') + field.name + '":' + text;
  }
  return out === '' ? '{}' : out + '}';
}

function encodeField({ type }: Field, value: unknown): string {
  if (type.kind !== 'repeated') return encodeItem(type, value);
  const items = value as readonly unknown[];
  let out = '';
  for (const item of items) out += (out === '' ? '[' : ',') + encodeItem(type.item, item);
  return out === '' ? '' : out + ']';
}

function encodeItem(type: Scalar | Nested, value: unknown): string {
  switch (type.kind) {
    case 'string':
    case 'enum':
      return quote(value as string);
    case 'int64':
    case 'int32':
      return String(value as Int64);
    case 'double':
      return encodeDouble(value as number);
    case 'bool':
      return value === true ? 'true' : 'false';
    case 'message':
      return encodeFields(type.message, value as Readonly<Record<string, unknown>>);
  }
}

function encodeDouble(value: number): string {
  if (Number.isFinite(value)) return floatRepr(value);
  return Number.isNaN(value) ? '"NaN"' : value > 0 ? '"Infinity"' : '"-Infinity"';
}
