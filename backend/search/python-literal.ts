import { floatRepr, parseFloatText, parseIntText } from '../wire/json/python.ts';
import { stringRepr } from '../wire/json/repr.ts';

/** What a literal is: a text, a tuple, or something else of which only its Python spelling matters. */
export type Literal =
  | { readonly kind: 'text'; readonly value: string }
  | { readonly kind: 'tuple'; readonly items: readonly Literal[] }
  | { readonly kind: 'other'; readonly repr: string };

const token =
  /\s*(?:([(),[\]])|(?:(u|r)?('[^'\\\n]*(?:\\[^][^'\\\n]*)*'|"[^"\\\n]*(?:\\[^][^"\\\n]*)*"))|(-?[\d.][\w.]*(?:(?<=[eE])[+-]?\d+)?)|(None|True|False)\b)/iy;

/**
 * Reads a bracketed list as Python reads it, which is how MLflow's server reads the right side of IN: texts in either
 * quotes with Python's escapes, neighbours joined, a comma at the end allowed.
 * @returns undefined where it is no such literal
 */
export function parsePythonLiteral(text: string): Literal | undefined {
  const tokens: RegExpExecArray[] = [];
  const end = text.trimEnd().length;
  for (token.lastIndex = 0; token.lastIndex < end;) {
    const match = token.exec(text);
    if (match === null) return undefined;
    tokens.push(match);
  }
  const reader = { tokens, index: 0 };
  const literal = readLiteral(reader, 0);
  return reader.index === tokens.length ? literal : undefined;
}

interface Reader {
  readonly tokens: readonly RegExpExecArray[];
  index: number;
}

/** To sqlparse brackets are nested a hundred times at most. */
const maxDepth = 99;

function readLiteral(reader: Reader, depth: number): Literal | undefined {
  const [, sign, , quoted, number, constant] = reader.tokens[reader.index] ?? [];
  if (quoted !== undefined) return readText(reader);
  reader.index++;
  if (number !== undefined) return readNumber(number);
  if (constant !== undefined) return { kind: 'other', repr: constant };
  if (depth > maxDepth || (sign !== '(' && sign !== '[')) return undefined;
  return sign === '(' ? readTuple(reader, depth) : readList(reader, depth);
}

function readTuple(reader: Reader, depth: number): Literal | undefined {
  const items = readItems(reader, ')', depth);
  if (items === undefined) return undefined;
  const [only] = items.list;
  return only !== undefined && items.list.length === 1 && !items.comma ? only : { kind: 'tuple', items: items.list };
}

function readList(reader: Reader, depth: number): Literal | undefined {
  const items = readItems(reader, ']', depth);
  return items && { kind: 'other', repr: `[${items.list.map(reprOf).join(', ')}]` };
}

function readItems(reader: Reader, close: string, depth: number): { list: Literal[]; comma: boolean } | undefined {
  const list: Literal[] = [];
  let comma = false;
  while (reader.tokens[reader.index]?.[1] !== close) {
    if (list.length > 0 && !comma) return undefined;
    const item = readLiteral(reader, depth + 1);
    if (item === undefined) return undefined;
    list.push(item);
    comma = reader.tokens[reader.index]?.[1] === ',';
    if (comma) reader.index++;
  }
  reader.index++;
  return { list, comma };
}

function readText(reader: Reader): Literal | undefined {
  let value = '';
  for (;;) {
    const [, , prefix, quoted] = reader.tokens[reader.index] ?? [];
    if (quoted === undefined) return { kind: 'text', value };
    const inner = quoted.slice(1, -1);
    const part = prefix?.toLowerCase() === 'r' ? inner : unescape(inner);
    if (part === undefined) return undefined;
    value += part;
    reader.index++;
  }
}

function readNumber(text: string): Literal | undefined {
  const int = parseIntText(text);
  if (int !== undefined) return { kind: 'other', repr: String(int) };
  const float = parseFloatText(text);
  return float === undefined ? undefined : { kind: 'other', repr: floatRepr(float) };
}

const simple: Readonly<Record<string, string>> = {
  ...{ '\n': '', '\\': '\\', "'": "'", '"': '"' },
  ...{ a: '\x07', b: '\b', f: '\f', n: '\n', r: '\r', t: '\t', v: '\v' },
};

function unescape(text: string): string | undefined {
  let valid = true;
  const value = text.replace(
    /\\(?:([0-7]{1,3})|x([\da-f]{2})|u([\da-f]{4})|U([\da-f]{8})|([^]))/gi,
    (all: string, octal?: string, x?: string, u?: string, wide?: string, char = '') => {
      const hex = x ?? u ?? wide;
      const code = octal !== undefined ? parseInt(octal, 8) : hex !== undefined ? parseInt(hex, 16) : undefined;
      if (code !== undefined && code <= 0x10ffff) return String.fromCodePoint(code);
      if (code !== undefined || /[xuUN]/.test(char)) valid = false;
      return simple[char] ?? all;
    },
  );
  return valid ? value : undefined;
}

/** A literal as Python prints it. */
export function reprOf(literal: Literal): string {
  if (literal.kind === 'text') return stringRepr(literal.value);
  if (literal.kind === 'other') return literal.repr;
  const items = literal.items.map(reprOf);
  return items.length === 1 ? `(${items.join()},)` : `(${items.join(', ')})`;
}
