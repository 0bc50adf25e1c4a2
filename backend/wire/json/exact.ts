import { parseIntText } from './python.ts';
import { Float } from './value.ts';
import type { Json } from './value.ts';

const space = /[ \t\n\r]*/y;
const scalar = /(-?(?:0|[1-9]\d*)(?:\.\d+)?(?:[eE][+-]?\d+)?)|true|false|null|NaN|-?Infinity/y;

const literals: Readonly<Record<string, Json>> = {
  true: true,
  false: false,
  null: null,
  NaN: NaN,
  Infinity: Infinity,
  '-Infinity': -Infinity,
};

/**
 * Parses as Python's `json.loads` does: ints keep every digit, whole floats stay floats, `NaN` and `Infinity` are
 * accepted bare, the last of equal keys wins.
 * @param text nested within bounds: it calls itself for each level
 * @throws SyntaxError
 */
export function parseExact(text: string): Json {
  const parser = new ExactParser(text);
  const value = parser.value();
  parser.end();
  return value;
}

class ExactParser {
  readonly #text: string;
  #at = 0;

  constructor(text: string) {
    this.#text = text;
  }

  value(): Json {
    switch (this.#peek()) {
      case '{':
        return this.#object();
      case '[':
        return this.#array();
      case '"':
        return this.#string();
      default:
        return this.#scalar();
    }
  }

  end(): void {
    if (this.#peek() !== '') throw new SyntaxError(`Extra data at ${this.#at}`);
  }

  /** The next character that is no white space; '' at the end. */
  #peek(): string {
    space.lastIndex = this.#at;
    space.test(this.#text);
    this.#at = space.lastIndex;
    return this.#text.charAt(this.#at);
  }

  #take(mark: string): boolean {
    if (this.#peek() !== mark) return false;
    this.#at++;
    return true;
  }

  #expect(mark: string): void {
    if (!this.#take(mark)) throw new SyntaxError(`Expected '${mark}' at ${this.#at}`);
  }

  #object(): Json {
    this.#expect('{');
    const entries: [string, Json][] = [];
    if (this.#take('}')) return {};
    do {
      if (this.#peek() !== '"') throw new SyntaxError(`Expected a key at ${this.#at}`);
      const key = this.#string();
      this.#expect(':');
      entries.push([key, this.value()]);
    } while (this.#take(','));
    this.#expect('}');
    return Object.fromEntries(entries);
  }

  #array(): Json {
    this.#expect('[');
    const items: Json[] = [];
    if (this.#take(']')) return items;
    do items.push(this.value());
    while (this.#take(','));
    this.#expect(']');
    return items;
  }

  #string(): string {
    const start = this.#at;
    let end = start + 1;
    while (end < this.#text.length && this.#text[end] !== '"') end += this.#text[end] === '\\' ? 2 : 1;
    this.#at = end + 1;
    return JSON.parse(this.#text.slice(start, this.#at)) as string;
  }

  #scalar(): Json {
    scalar.lastIndex = this.#at;
    const match = scalar.exec(this.#text);
    if (match === null) throw new SyntaxError(`Unexpected character at ${this.#at}`);
    this.#at = scalar.lastIndex;
    return match[1] === undefined ? (literals[match[0]] ?? null) : parseNumber(match[1]);
  }
}

function parseNumber(text: string): Json {
  const value = Number(text);
  if (/[.eE]/.test(text)) return Number.isInteger(value) ? new Float(value) : value;
  if (Number.isSafeInteger(value)) return value === 0 ? 0 : value;
  const integer = parseIntText(text);
  if (integer === undefined) throw new SyntaxError('Too many digits');
  return integer;
}
