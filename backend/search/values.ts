import { brief } from '../brief.ts';
import { MlflowError, invalidParameter } from '../errors.ts';
import type { Int64 } from '../entities/int64.ts';
import { int64 } from '../entities/int64.ts';
import type { ValueNode } from './parser.ts';
import { mostDigits, parseIntText } from '../wire/json/python.ts';
import { parsePythonLiteral, reprOf } from './python-literal.ts';

/** Whether a value is a text to the server: quoted, or a name, which is then refused for its quotes. */
export const isText = ({ kind }: ValueNode): boolean => kind === 'string' || kind === 'identifier';

export const isNumber = ({ kind }: ValueNode): boolean => kind === 'integer' || kind === 'float';

/** @throws MlflowError where the value stands in no quotes */
export function unquoted({ text }: ValueNode): string {
  if (isQuoted(text, "'") || isQuoted(text, '"')) return text.slice(1, -1);
  throw invalidParameter(
    brief`Parameter value is either not quoted or unidentified quote types used for string value ${text}. ` +
      'Use either single or double quotes.',
  );
}

/**
 * An integer exactly, even beyond 64 bits; otherwise the double.
 * @throws MlflowError where an integer has more digits than Python reads, at which MLflow's server fails
 */
export function numberOf({ kind, text }: ValueNode): Int64 {
  if (kind !== 'integer') return Number(text);
  const integer = parseIntText(text);
  if (integer === undefined) throw invalidParameter(brief`A number in a filter has at most ${mostDigits} digits.`);
  return int64(integer);
}

/** The texts of `('a', 'b')`. */
export function listOf({ text }: ValueNode): readonly string[] {
  const literal = parsePythonLiteral(text);
  if (literal === undefined) {
    throw invalidList('expected a non-empty list of string values, but got ill-formed list.');
  }
  const items = literal.kind === 'tuple' ? literal.items : [literal];
  if (items.length === 0) throw invalidList('expected a non-empty list of string values, but got empty list');
  return items.map((item) => {
    if (item.kind === 'text') return item.value;
    throw invalidList(
      brief`expected string value, punctuation, or whitespace, but got different type in list: ${reprOf({ kind: 'tuple', items })}`,
    );
  });
}

const invalidList = (problem: string): MlflowError => invalidParameter('While parsing a list in the query, ' + problem);

/** A list of values behind a comparator that takes none. */
class ListWithoutIn extends MlflowError {
  override readonly name = 'ListWithoutIn';
}

/** MLflow's SQL store fails on `run_id = ('a')` while it binds the list; only the code of that failure is kept. */
export const listWithoutIn = (comparator: string): MlflowError =>
  new ListWithoutIn('BAD_REQUEST', brief`A list of values cannot be compared by '${comparator}'. Use IN or NOT IN.`);

/**
 * Finishes all clauses of a filter. A list without IN is refused last, after what is wrong with any other clause: to the
 * server that is a matter of its database, which comes when the whole filter was read.
 */
export function finishAll<T>(judged: readonly (() => T)[]): T[] {
  let last: ListWithoutIn | undefined;
  const clauses = judged.flatMap((finish) => {
    try {
      return [finish()];
    } catch (error) {
      if (!(error instanceof ListWithoutIn)) throw error;
      last ??= error;
      return [];
    }
  });
  if (last !== undefined) throw last;
  return clauses;
}

export const isQuoted = (text: string, quote: string): boolean =>
  text.length >= 2 && text.startsWith(quote) && text.endsWith(quote);
