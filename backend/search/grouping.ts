import type { Token, TokenKind } from './tokenizer.ts';

export type NodeKind =
  TokenKind | 'identifier' | 'function' | 'parenthesis' | 'brackets' | 'operation' | 'comparison' | 'list' | 'where';

/** A token, or some that belong together. Its text is the source from `start` to `end`. */
export interface Node {
  readonly kind: NodeKind;
  readonly start: number;
  readonly end: number;
  /** Of a comparison: left side, comparator, value, and any comment that stuck to it. */
  readonly parts?: readonly Node[];
}

type Test = (node: Node) => boolean;
type Kinds = readonly NodeKind[];
const oneOf = (...kinds: Kinds): Test => {
  const set = new Set(kinds);
  return (node) => set.has(node.kind);
};

const numbers = ['integer', 'float', 'hexadecimal'] as const satisfies Kinds;
const scalars = ['integer', 'float', 'string', 'placeholder'] as const satisfies Kinds;
const calls = ['function', 'identifier', 'operation'] as const satisfies Kinds;

const isNumber = oneOf(...numbers);
const isCallable = oneOf('name', 'builtin');
const isNamer = oneOf('brackets', 'identifier', 'name', 'symbol');
const isIndexable = oneOf('brackets', 'function', 'identifier', 'name', 'symbol');
const isNamed = oneOf('brackets', 'function', 'name', 'symbol', 'wildcard', 'string');
const isOperator = oneOf('operator', 'wildcard');
const isOperand = oneOf(...scalars, ...calls, 'parenthesis', 'brackets');
const isComparator = oneOf('comparator');
const isComparable = oneOf(...scalars, ...calls, 'parenthesis', 'comparison');
const isWord = oneOf('keyword', 'order');
const isSign = oneOf('punctuation', 'operator');
const dots = new Set(['.', '->', '->>']);
const isAliasable = oneOf(...numbers, ...calls, 'parenthesis', 'comparison');
const isListable = oneOf(...scalars, ...calls, 'comparison', 'list', 'keyword', 'wildcard', 'comment');
const isGroup = oneOf(...calls, 'parenthesis', 'brackets', 'comparison', 'where');
const isComment = oneOf('comment');
const isParenthesis = oneOf('parenthesis');
const isBrackets = oneOf('brackets');
const isOrder = oneOf('order');
const any: Test = () => true;

/**
 * Groups a statement's tokens as sqlparse does, whose groups the server's rules and messages speak of. The passes and
 * their order are its; those that a filter hardly shows are left out (CASE, loops, typed literals).
 */
export function group(text: string, tokens: readonly Token[]): readonly Node[] {
  const is = (node: Node, kind: NodeKind, value: string): boolean =>
    node.kind === kind && text.slice(node.start, node.end).toUpperCase() === value;
  const isNull: Test = (node) => is(node, 'keyword', 'NULL');
  const isSide: Test = (node) => isComparable(node) || isNull(node);
  const notKeyword: Test = (node) => !isWord(node) || isNull(node);
  const isDot: Test = (node) => isSign(node) && dots.has(text.slice(node.start, node.end));

  let nodes: readonly Node[] = tokens;
  nodes = pairs(nodes, 'comment', isComment, isComment);
  nodes = enclose(nodes, text, '[', ']', 'brackets');
  nodes = enclose(nodes, text, '(', ')', 'parenthesis');
  nodes = pairs(nodes, 'function', isCallable, isParenthesis);
  nodes = where(nodes, is);
  nodes = infix(nodes, {
    kind: 'identifier',
    isLeft: isNamer,
    isMiddle: isDot,
    isRight: isNamed,
    rightIsOptional: true,
  });
  nodes = pairs(nodes, 'identifier', isIndexable, isBrackets);
  nodes = nodes.map((node) => (node.kind === 'name' || node.kind === 'symbol' ? span('identifier', node, node) : node));
  nodes = pairs(nodes, 'identifier', (node) => node.kind === 'identifier' || isNumber(node), isOrder);
  nodes = infix(nodes, {
    kind: 'identifier',
    isLeft: any,
    isMiddle: (node) => is(node, 'punctuation', '::'),
    isRight: any,
  });
  nodes = infix(nodes, { kind: 'operation', isLeft: isOperand, isMiddle: isOperator, isRight: isOperand });
  nodes = infix(nodes, { kind: 'comparison', isLeft: isSide, isMiddle: isComparator, isRight: isSide });
  nodes = infix(nodes, {
    kind: 'identifier',
    isLeft: notKeyword,
    isMiddle: (node) => is(node, 'keyword', 'AS'),
    isRight: any,
  });
  nodes = aliases(nodes);
  nodes = attachComments(nodes);
  return infix(nodes, {
    kind: 'list',
    isLeft: isListable,
    isMiddle: (node) => is(node, 'punctuation', ','),
    isRight: isListable,
  });
}

const span = (kind: NodeKind, from: Node, to: Node): Node => ({ kind, start: from.start, end: to.end });

/** Joins what stands between two signs, innermost first; a sign without its partner stays as it is. */
function enclose(nodes: readonly Node[], text: string, open: string, close: string, kind: NodeKind): readonly Node[] {
  if (!text.includes(open)) return nodes;
  const opened: number[] = [];
  const out: Node[] = [];
  for (const node of nodes) {
    const sign = node.kind === 'punctuation' ? text[node.start] : '';
    const from = sign === close ? opened.pop() : undefined;
    const first = from === undefined ? undefined : out[from];
    if (from !== undefined && first !== undefined) {
      out.length = from;
      out.push(span(kind, first, node));
    } else {
      if (sign === open) opened.push(out.length);
      out.push(node);
    }
  }
  return out;
}

/** Joins a node with the one behind it; the result may join again. */
function pairs(nodes: readonly Node[], kind: NodeKind, isFirst: Test, isSecond: Test): readonly Node[] {
  if (!nodes.some(isSecond)) return nodes;
  const out: Node[] = [];
  for (const node of nodes) {
    const previous = out.at(-1);
    if (previous !== undefined && isSecond(node) && isFirst(previous)) out[out.length - 1] = span(kind, previous, node);
    else out.push(node);
  }
  return out;
}

interface Infix {
  readonly kind: NodeKind;
  readonly isLeft: Test;
  readonly isMiddle: Test;
  readonly isRight: Test;
  /** Joins left and middle alone where the right does not fit. */
  readonly rightIsOptional?: true;
}

/**
 * Joins `left middle right` from the left, so that a chain nests. As sqlparse does, it judges a chain's next left side
 * by the node that was joined last, and that node may itself be a middle.
 */
function infix(nodes: readonly Node[], { kind, isLeft, isMiddle, isRight, rightIsOptional }: Infix): readonly Node[] {
  if (!nodes.some(isMiddle)) return nodes;
  const out: Node[] = [];
  let last: Node | undefined;
  let joinedTo = -1;
  for (const [index, node] of nodes.entries()) {
    const left = out.at(-1);
    const next = nodes[index + 1];
    const right = next !== undefined && isRight(next) ? next : undefined;
    const fits = left !== undefined && last !== undefined && isLeft(last) && (right !== undefined || rightIsOptional);
    if (fits && isMiddle(node)) {
      last = { ...span(kind, left, right ?? node), parts: right ? [left, node, right] : [left, node] };
      out[out.length - 1] = last;
      if (right !== undefined) joinedTo = index + 1;
    } else {
      if (index > joinedTo) out.push(node);
      last = node;
    }
  }
  return out;
}

const afterWhere = ['ORDER BY', 'GROUP BY', 'LIMIT', 'UNION', 'EXCEPT', 'HAVING', 'RETURNING', 'INTO'];

/** WHERE takes everything up to the word that ends it. */
function where(nodes: readonly Node[], is: (node: Node, kind: NodeKind, value: string) => boolean): readonly Node[] {
  const from = nodes.findIndex((node) => is(node, 'keyword', 'WHERE'));
  if (from < 0) return nodes;
  const end = nodes.findIndex((node, index) => index > from && afterWhere.some((word) => is(node, 'keyword', word)));
  const inside = nodes.slice(from, end < 0 ? undefined : end);
  const rest = end < 0 ? [] : nodes.slice(end);
  return [
    ...nodes.slice(0, from),
    ...inside.slice(0, 1).map((first) => span('where', first, inside.at(-1) ?? first)),
    ...rest,
  ];
}

/** `a b` is an identifier with an alias; the alias takes none itself. */
function aliases(nodes: readonly Node[]): readonly Node[] {
  const out: Node[] = [];
  for (let index = 0, node = nodes[0]; node !== undefined; node = nodes[++index]) {
    const next = nodes[index + 1];
    if (next?.kind === 'identifier' && isAliasable(node)) {
      out.push(span('identifier', node, next));
      index++;
    } else {
      out.push(node);
    }
  }
  return out;
}

/** A comment that something follows belongs to the group before it. */
function attachComments(nodes: readonly Node[]): readonly Node[] {
  if (!nodes.some(isComment)) return nodes;
  const out: Node[] = [];
  for (const [index, node] of nodes.entries()) {
    const before = out.at(-1);
    if (before === undefined || !isComment(node) || !isGroup(before) || index === nodes.length - 1) {
      out.push(node);
      continue;
    }
    const whole = span(before.kind, before, node);
    out[out.length - 1] = before.parts ? { ...whole, parts: [...before.parts, node] } : whole;
  }
  return out;
}
