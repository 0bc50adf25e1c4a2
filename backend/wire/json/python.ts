import { compareCodePoints } from '../../entities/order.ts';
import { Float, isObject } from './value.ts';
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

/** `json.dumps(value, sort_keys=True, separators=(',', ':'))`. */
export function dumps(value: Json): string {
  if (value === null || typeof value === 'boolean' || typeof value === 'bigint') return String(value);
  if (typeof value === 'string') return quote(value);
  if (typeof value === 'number') return Number.isInteger(value) ? String(value) : floatToken(value);
  if (value instanceof Float) return floatToken(value.value);
  if (Array.isArray(value)) return `[${(value as readonly Json[]).map(dumps).join(',')}]`;
  const entries = Object.entries(value as Record<string, Json>).sort(([a], [b]) => compareCodePoints(a, b));
  return `{${entries.map(([key, item]) => `${quote(key)}:${dumps(item)}`).join(',')}}`;
}

/** `json.dumps(value)`: keys as they come, a blank behind each comma and colon. */
export function dumpsSpaced(value: Json): string {
  if (Array.isArray(value)) return `[${(value as readonly Json[]).map(dumpsSpaced).join(', ')}]`;
  if (!isObject(value)) return dumps(value);
  return `{${Object.entries(value)
    .map(([key, item]) => `${quote(key)}: ${dumpsSpaced(item)}`)
    .join(', ')}}`;
}

const intText = /^\s*([+-]?)(\d+(?:_\d+)*)\s*$/;
const floatText = /^\s*([+-]?(?:\d+(?:_\d+)*\.?(?:\d+(?:_\d+)*)?|\.\d+(?:_\d+)*)(?:[eE][+-]?\d+(?:_\d+)*)?)\s*$/;
const notFiniteText = /^\s*([+-]?)(inf|infinity|nan)\s*$/i;

/** Python's `int(text)`; undefined where that raises ValueError. */
export function parseIntText(text: string): bigint | undefined {
  const match = intText.exec(text);
  if (match === null) return undefined;
  const [, sign, digits = ''] = match;
  const magnitude = BigInt(digits.replaceAll('_', ''));
  return sign === '-' ? -magnitude : magnitude;
}

/** Python's `float(text)`; undefined where that raises ValueError. */
export function parseFloatText(text: string): number | undefined {
  const match = floatText.exec(text);
  if (match?.[1] !== undefined) return Number(match[1].replaceAll('_', ''));
  const special = notFiniteText.exec(text);
  if (special === null) return undefined;
  if (special[2]?.toLowerCase() === 'nan') return NaN;
  return special[1] === '-' ? -Infinity : Infinity;
}
