import { enoughToShow } from '../../brief.ts';
import { print } from './print.ts';
import type { Notation } from './print.ts';
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

/** Bytes as Python's `repr` shows them, as many as a message shows. */
export function shownBytes(bytes: Uint8Array): string {
  const text = Array.from(bytes.subarray(0, enoughToShow), (byte) => String.fromCharCode(byte)).join('');
  const mark = text.includes("'") && !text.includes('"') ? '"' : "'";
  const escaped = text.replace(/[^ -~]|[\\']/g, (character) => {
    if (character === "'") return mark === '"' ? "'" : "\\'";
    return shortEscapes[character] ?? escapePoint(character.charCodeAt(0));
  });
  return `b${mark}${escaped}${mark}`;
}

const pythonRepr: Notation = {
  text: stringRepr,
  scalar: (value) => {
    if (value === null) return 'None';
    if (typeof value === 'boolean') return value ? 'True' : 'False';
    if (value instanceof Float) return floatRepr(value.value);
    return typeof value === 'number' && !Number.isInteger(value) ? floatRepr(value) : String(value);
  },
  entries: (object) => Object.entries(object),
  comma: ', ',
  colon: ': ',
};

/** A parsed JSON value as Python's `repr` shows it. */
export const repr = (value: Json): string => print(value, pythonRepr);

/** As much of it as a message shows. */
export const shownRepr = (value: Json): string => print(value, pythonRepr, enoughToShow);
