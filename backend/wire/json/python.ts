import { compareCodePoints } from '../../entities/order.ts';
import { print } from './print.ts';
import type { Notation } from './print.ts';
import { Float } from './value.ts';
import type { Json } from './value.ts';

/** A double as Python's `repr` prints it: shortest digits that read back, `1.0`, `1e-05`, `1e+16`, `nan`, `inf`. */
export function floatRepr(value: number): string {
  if (Number.isNaN(value)) return 'nan';
  if (!Number.isFinite(value)) return value > 0 ? 'inf' : '-inf';
  const magnitude = Math.abs(value);
  if (magnitude >= 1e16 || (magnitude < 1e-4 && magnitude > 0)) {
    const [digits, exponent = '0'] = value.toExponential().split('e') as [string, string];
    const sign = exponent.startsWith('-') ? '-' : '+';
    return `${digits}e${sign}${exponent.slice(1).padStart(2, '0')}`;
  }
  if (Object.is(value, -0)) return '-0.0';
  const plain = String(value);
  return Number.isInteger(value) ? `${plain}.0` : plain;
}

/** A double as Python's `json.dumps` prints it: `NaN` and `Infinity` bare. */
export function floatToken(value: number): string {
  if (Number.isNaN(value)) return 'NaN';
  if (!Number.isFinite(value)) return value > 0 ? 'Infinity' : '-Infinity';
  return floatRepr(value);
}

const beyondAscii = /[\u007f-\uffff]/;
const eachBeyondAscii = /[\u007f-\uffff]/g;

/** A string as `json.dumps` prints it: quoted, with everything outside ASCII escaped. */
export function quote(text: string): string {
  const quoted = JSON.stringify(text);
  if (!beyondAscii.test(quoted)) return quoted;
  return quoted.replace(eachBeyondAscii, (unit) => '\\u' + unit.charCodeAt(0).toString(16).padStart(4, '0'));
}

const dumped: Notation = {
  text: quote,
  scalar: (value) => {
    if (value instanceof Float) return floatToken(value.value);
    return typeof value === 'number' && !Number.isInteger(value) ? floatToken(value) : String(value);
  },
  entries: (object) => Object.entries(object),
  comma: ', ',
  colon: ': ',
};

const compact: Notation = {
  ...dumped,
  entries: (object) => Object.entries(object).sort(([a], [b]) => compareCodePoints(a, b)),
  comma: ',',
  colon: ':',
};

/** `json.dumps(value, sort_keys=True, separators=(',', ':'))`. @param most as for `print` */
export const dumps = (value: Json, most?: number): string => print(value, compact, most);

/** `json.dumps(value)`: keys as they come, a blank behind each comma and colon. */
export const dumpsSpaced = (value: Json): string => print(value, dumped);

/** CPython turns a text of more digits into no int. */
export const mostDigits = 4300;

/** Most UTF-16 units of a text that is read as a number. In megabytes a pattern's own stack overflows. */
const longestNumber = 100_000;

/*
 * No text matches a part of these in two ways: one that fits nowhere would be tried in all combinations, which takes as
 * long as the square of its length.
 */
const intText = /^\s*([+-]?)(\d+(?:_\d+)*)\s*$/;
const floatText = /^\s*([+-]?(?:\d+(?:_\d+)*(?:\.(?:\d+(?:_\d+)*)?)?|\.\d+(?:_\d+)*)(?:[eE][+-]?\d+(?:_\d+)*)?)\s*$/;
const notFiniteText = /^\s*([+-]?)(inf|infinity|nan)\s*$/i;

/** Python's `int(text)`; undefined where that raises ValueError, as it does for more than `mostDigits`. */
export function parseIntText(text: string): bigint | undefined {
  if (text.length > longestNumber) return undefined;
  const [, sign, written = ''] = intText.exec(text) ?? [];
  const digits = written.replaceAll('_', '');
  if (digits === '' || digits.length > mostDigits) return undefined;
  return sign === '-' ? -BigInt(digits) : BigInt(digits);
}

/** Python's `float(text)`; undefined where that raises ValueError. */
export function parseFloatText(text: string): number | undefined {
  if (text.length > longestNumber) return undefined;
  const match = floatText.exec(text);
  if (match?.[1] !== undefined) return Number(match[1].replaceAll('_', ''));
  const special = notFiniteText.exec(text);
  if (special === null) return undefined;
  if (special[2]?.toLowerCase() === 'nan') return NaN;
  return special[1] === '-' ? -Infinity : Infinity;
}
