import { brief } from '../brief.ts';
import { invalidParameter } from '../errors.ts';
import type { Node, NodeKind } from './grouping.ts';
import { group } from './grouping.ts';
import { shownRepr } from '../wire/json/repr.ts';
import type { Token } from './tokenizer.ts';
import { tokenize } from './tokenizer.ts';

/** The right side of a comparison, not yet judged. */
export interface ValueNode {
  readonly kind: NodeKind;
  readonly text: string;
}

/** One `identifier comparator value` of a filter; what names and values mean is for a validator. */
export interface Comparison {
  readonly identifier: string;
  /** As written, but `NOT IN`, `IS NULL` and `IS NOT NULL` are in upper case with single spaces. */
  readonly comparator: string;
  /** Absent with `IS NULL` and `IS NOT NULL`. */
  readonly value?: ValueNode;
}

/** How the server words a filter's invalid clauses: each kind of entity has its own way. */
export type ListClauses = (clauses: readonly string[]) => string;

/**
 * Reads `comparison [AND] comparison ...`; an empty filter has none.
 * @param read judges each comparison in turn, so that the first error of the text is the one that is thrown.
 * @throws MlflowError INVALID_PARAMETER_VALUE with the server's message.
 */
export function parseFilter<T>(filter: string, listClauses: ListClauses, read: (comparison: Comparison) => T): T[] {
  if (filter === '') return [];
  const nodes = statementOf(filter);
  if (nodes === 'nothing') throw invalidParameter(brief`Invalid filter '${filter}'. Could not be parsed.`);
  if (nodes === 'too long') throw invalidParameter(brief`Error on parsing filter '${filter}'`);
  if (nodes === 'several') {
    throw invalidParameter(
      brief`Search filter contained multiple expression ${shownRepr(filter)}. Provide AND-ed expression list.`,
    );
  }
  const text: TextOf = (node) => filter.slice(node.start, node.end);
  const invalid = nodes.filter((node) => node.kind !== 'comparison' && !isKeyword(node, text, 'AND'));
  if (invalid.length > 0) {
    throw invalidParameter(brief`Invalid clause(s) in filter string: ${listClauses(invalid.map(text))}`);
  }
  return nodes.filter((node) => node.kind === 'comparison').map((node) => read(toComparison(node, text)));
}

/** The nodes of a filter's one statement, or why there is none: each kind of entity has its own words for it. */
export function statementOf(filter: string): readonly Node[] | 'nothing' | 'too long' | 'several' {
  const tokens = tokenize(filter);
  if (tokens === undefined) return 'too long';
  if (tokens.length === 0) return 'nothing';
  if (hasSecondStatement(filter, tokens)) return 'several';
  return joinKeywordComparisons(group(filter, tokens), (node) => filter.slice(node.start, node.end));
}

type TextOf = (node: Node) => string;

const isKeyword = (node: Node | undefined, text: TextOf, word: string): boolean =>
  node?.kind === 'keyword' && text(node).toUpperCase() === word;

/** Whether something follows a semicolon that ends a statement. */
export function hasSecondStatement(filter: string, tokens: readonly Token[]): boolean {
  let depth = 0;
  let ended = false;
  for (const token of tokens) {
    if (ended && token.kind !== 'comment') return true;
    if (token.kind !== 'punctuation') continue;
    const sign = filter[token.start];
    if (sign === '(') depth++;
    else if (sign === ')') depth--;
    else if (sign === ';' && depth <= 0) ended = true;
  }
  return false;
}

/**
 * Makes comparisons of `x IN (...)`, `x NOT IN (...)`, `x IS NULL` and `x IS NOT NULL`. As the server does, it takes
 * four nodes at a time from an identifier on, so a stray word can hide the comparison behind it.
 */
function joinKeywordComparisons(nodes: readonly Node[], text: TextOf): readonly Node[] {
  const out: Node[] = [];
  let index = 0;
  for (let first = nodes[0]; first !== undefined; first = nodes[index]) {
    const [second, third, fourth] = [nodes[index + 1], nodes[index + 2], nodes[index + 3]];
    if (second === undefined || third === undefined || first.kind !== 'identifier') {
      out.push(first);
      index += 1;
    } else if (isKeyword(second, text, 'IN') && third.kind === 'parenthesis') {
      out.push(joined(first, second, third));
      index += 3;
    } else if (
      isKeyword(second, text, 'IS') &&
      (isKeyword(third, text, 'NULL') || isKeyword(third, text, 'NOT NULL'))
    ) {
      out.push(joined(first, { kind: 'keyword', start: second.start, end: third.end }));
      index += 3;
    } else if (isKeyword(second, text, 'NOT') && isKeyword(third, text, 'IN') && fourth?.kind === 'parenthesis') {
      out.push(joined(first, { kind: 'keyword', start: second.start, end: third.end }, fourth));
      index += 4;
    } else {
      out.push(...nodes.slice(index, index + 4));
      index += 4;
    }
  }
  return out;
}

const joined = (first: Node, comparator: Node, value?: Node): Node => ({
  kind: 'comparison',
  start: first.start,
  end: (value ?? comparator).end,
  parts: value ? [first, comparator, value] : [first, comparator],
});

function toComparison(node: Node, text: TextOf): Comparison {
  const [left, middle, right, ...more] = node.parts ?? [];
  if (left === undefined || middle === undefined || more.length > 0) {
    throw invalidParameter(brief`Invalid comparison clause. Expected 3 tokens found ${node.parts?.length ?? 0}`);
  }
  if (left.kind !== 'identifier') {
    throw invalidParameter(brief`Invalid comparison clause. Expected 'Identifier' found '${text(left)}'`);
  }
  const written = text(middle);
  const comparator =
    middle.kind === 'keyword' && /\s/.test(written) ? written.toUpperCase().replaceAll(/\s+/g, ' ') : written;
  return {
    identifier: text(left),
    comparator,
    ...(right && { value: { kind: right.kind, text: text(right) } }),
  };
}
