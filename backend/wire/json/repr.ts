import { floatRepr } from './python.ts';
import { Float } from './value.ts';
import type { Json } from './value.ts';

const toEscape = /[\\'\p{C}\p{Z}]/gu;
const shortEscapes: Readonly<Record<string, string>> = {
  '\\': '\\\\',
  '\n': '\\n',
  '\r': '\\r',
  '\t': '\\t',
  ' ': ' ',
};

/** A string as Python's `repr` shows it. */
export function stringRepr(text: string): string {
  const mark = text.includes("'") && !text.includes('"') ? '"' : "'";
  const escaped = text.replace(toEscape, (character) => {
    if (character === "'") return mark === '"' ? "'" : "\\'";
    return shortEscapes[character] ?? escapePoint(character.codePointAt(0) ?? 0);
  });
  return mark + escaped + mark;
}

function escapePoint(point: number): string {
  const hex = point.toString(16);
  if (point <= 0xff) return `\\x${hex.padStart(2, '0')}`;
  return point <= 0xffff ? `\\u${hex.padStart(4, '0')}` : `\\U${hex.padStart(8, '0')}`;
}

/** Bytes as Python's `repr` shows them. */
export function bytesRepr(bytes: Uint8Array): string {
  const text = Array.from(bytes, (byte) => String.fromCharCode(byte)).join('');
  const mark = text.includes("'") && !text.includes('"') ? '"' : "'";
  const escaped = text.replace(/[^ -~]|[\\']/g, (character) => {
    if (character === "'") return mark === '"' ? "'" : "\\'";
    return shortEscapes[character] ?? escapePoint(character.charCodeAt(0));
  });
  return `b${mark}${escaped}${mark}`;
}

/** A parsed JSON value as Python's `repr` shows it. */
export function repr(value: Json): string {
  if (value === null) return 'None';
  if (typeof value === 'boolean') return value ? 'True' : 'False';
  if (typeof value === 'string') return stringRepr(value);
  if (typeof value === 'bigint') return String(value);
  if (typeof value === 'number') return Number.isInteger(value) ? String(value) : floatRepr(value);
  if (value instanceof Float) return floatRepr(value.value);
  if (Array.isArray(value)) return `[${(value as readonly Json[]).map(repr).join(', ')}]`;
  const entries = Object.entries(value as Record<string, Json>);
  return `{${entries.map(([key, item]) => `${stringRepr(key)}: ${repr(item)}`).join(', ')}}`;
}
