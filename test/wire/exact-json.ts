/** A JSON number by its text: `1.0` is not `1`, and 9007199254740993 stays what it is. */
export class NumberText {
  readonly text: string;

  constructor(text: string) {
    this.text = text;
  }
}

export type ExactJson =
  null | boolean | string | NumberText | readonly ExactJson[] | { readonly [key: string]: ExactJson };

const token =
  /[ \t\n\r]*(?:([{}[\],:])|("(?:[^"\\]|\\.)*")|(-?(?:0|[1-9]\d*)(?:\.\d+)?(?:[eE][+-]?\d+)?)|(true|false|null)|(NaN|-?Infinity))/y;

/**
 * Parses JSON and keeps each number's spelling, which Node's own parser does not tell. What Python's json writes beyond the
 * standard, a bare NaN or infinity, becomes `{"bare": "NaN"}`, so that it prints as JSON again and equals nothing else.
 *
 * @throws SyntaxError for anything else
 */
export function parseExact(text: string): ExactJson {
  let at = 0;

  function next(): RegExpExecArray {
    token.lastIndex = at;
    const match = token.exec(text);
    if (!match) throw new SyntaxError(`not JSON at ${String(at)}: ${text.slice(at, at + 40)}`);
    at = token.lastIndex;
    return match;
  }

  function expect(mark: string): void {
    const found = next()[1];
    if (found !== mark) throw new SyntaxError(`expected ${mark} before ${String(at)}`);
  }

  function peeks(mark: string): boolean {
    const start = at;
    const found = next()[1] === mark;
    if (!found) at = start;
    return found;
  }

  function list(): ExactJson[] {
    const items: ExactJson[] = [];
    if (peeks(']')) return items;
    do items.push(value());
    while (peeks(','));
    expect(']');
    return items;
  }

  function object(): Record<string, ExactJson> {
    const entries: [string, ExactJson][] = [];
    if (peeks('}')) return {};
    do {
      const key = next()[2];
      if (key === undefined) throw new SyntaxError(`expected a key before ${String(at)}`);
      expect(':');
      entries.push([JSON.parse(key) as string, value()]);
    } while (peeks(','));
    expect('}');
    return Object.fromEntries(entries);
  }

  function value(): ExactJson {
    const [, mark, string, number, word, bare] = next();
    if (mark === '{') return object();
    if (mark === '[') return list();
    if (string !== undefined) return JSON.parse(string) as string;
    if (number !== undefined) return new NumberText(number);
    if (bare !== undefined) return { bare };
    if (word !== undefined) return word === 'null' ? null : word === 'true';
    throw new SyntaxError(`unexpected ${String(mark)} before ${String(at)}`);
  }

  const parsed = value();
  if (text.slice(at).trim() !== '') throw new SyntaxError(`more text after the value at ${String(at)}`);
  return parsed;
}

const lineWidth = 110;

/** Prints with two spaces a level, and what fits into a line on one line. */
export function printExact(value: ExactJson, indent = ''): string {
  if (value instanceof NumberText) return value.text;
  if (value === null || typeof value !== 'object') return JSON.stringify(value);
  const inner = `${indent}  `;
  const isList = isExactList(value);
  const parts = isList
    ? value.map((item) => printExact(item, inner))
    : Object.entries(value).map(([key, child]) => `${JSON.stringify(key)}: ${printExact(child, inner)}`);
  const [open, close] = isList ? '[]' : '{}';
  const line = isList ? parts.join(', ') : ` ${parts.join(', ')} `;
  if (parts.length === 0) return `${open as string}${close as string}`;
  if (!line.includes('\n') && indent.length + line.length <= lineWidth)
    return `${open as string}${line}${close as string}`;
  return `${open as string}\n${parts.map((part) => inner + part).join(',\n')}\n${indent}${close as string}`;
}

const isExactList = (value: ExactJson): value is readonly ExactJson[] => Array.isArray(value);
export const isExactObject = (value: ExactJson | undefined): value is { readonly [key: string]: ExactJson } =>
  typeof value === 'object' && value !== null && !Array.isArray(value) && !(value instanceof NumberText);
