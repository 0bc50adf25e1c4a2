import { brief } from '../../brief.ts';
import { MlflowError, invalidParameter } from '../../errors.ts';
import { parseFloatText } from '../../wire/json/python.ts';
import { shownRepr } from '../../wire/json/repr.ts';
import type { ListTest, LoggedModelAttribute, LoggedModelClause, TextTest } from '../clauses.ts';
import { loggedModelAttributes } from '../clauses.ts';
import type { Node } from '../grouping.ts';
import { statementOf } from '../parser.ts';
import { parsePythonLiteral, reprOf } from '../python-literal.ts';
import { pythonList, pythonTuple } from '../python-text.ts';
import { finishAll, listWithoutIn } from '../values.ts';
import { isOneOf, textComparators } from './comparators.ts';

/** As error messages list them. */
const numberOperators = ['<', '<=', '>', '>=', '=', '!='] as const;
const textOperators = ['=', '!=', 'LIKE', 'ILIKE', 'IN', 'NOT IN'] as const;

const entities = ['attributes', 'metrics', 'params', 'tags'] as const;
type Entity = (typeof entities)[number];

const numericAttributes: ReadonlySet<string> = new Set(['creation_timestamp_ms', 'last_updated_timestamp_ms']);

/** What a filter and an order may call an attribute besides its own name. */
export const loggedModelAliases: Readonly<Record<string, string | undefined>> = {
  creation_time: 'creation_timestamp_ms',
  creation_timestamp: 'creation_timestamp_ms',
  last_updated_timestamp: 'last_updated_timestamp_ms',
};

/**
 * Reads a filter over logged models. The server's own language for them: entities in the plural only, values with or
 * without single quotes, and AND no more than a separator.
 * @throws MlflowError INVALID_PARAMETER_VALUE
 */
export function readLoggedModelFilter(filter: string): readonly LoggedModelClause[] {
  if (filter === '') return [];
  const invalid = (reason: string): MlflowError =>
    invalidParameter(brief`Invalid filter string: ${shownRepr(filter)}. ${reason}`);
  const nodes = statementOf(filter);
  if (nodes === 'too long') throw invalid('It is too long, or has too many tokens.');
  if (typeof nodes === 'string') throw invalid('Expected a single SQL expression.');
  const text = (node: Node): string => filter.slice(node.start, node.end);
  const judged = nodes.flatMap((node) => {
    if (node.kind === 'comparison') return [judge(node, text)];
    if (text(node).toUpperCase() === 'AND') return [];
    throw invalid(
      "Expected a list of comparisons separated by 'AND' (e.g. 'metrics.loss > 0.1 AND params.lr = 0.01').",
    );
  });
  return finishAll(judged);
}

/** A comparison that reads well; whether there is such an attribute is asked only when the whole filter was read. */
type Judged = () => LoggedModelClause;

function judge(node: Node, text: (node: Node) => string): Judged {
  const { parts = [] } = node;
  const [identifier, comparator, value] = parts;
  if (identifier === undefined || comparator === undefined || value === undefined || parts.length > 3) {
    // IS NULL has two tokens, which the server has joined itself, without a blank.
    const joined = [identifier, comparator].map((part) => (part ? text(part) : ''));
    const shown = parts.length > 3 ? text(node) : `${joined[0] ?? ''}${oneSpaced(joined[1] ?? '')}`;
    throw invalidParameter(brief`Invalid comparison: ${shown}. Expected a comparison with 3 tokens.`);
  }
  const { entity, key } = entityOf(text(identifier));
  const operator = oneSpaced(text(comparator));
  const isNumeric = entity === 'metrics' || (entity === 'attributes' && numericAttributes.has(unaliased(key)));
  const operators: readonly string[] = isNumeric ? numberOperators : textOperators;
  if (!operators.includes(operator)) {
    throw invalidParameter(
      brief`Invalid comparison operator for ${entity}.${key}: ${shownRepr(operator)}. Expected one of ` +
        brief`${pythonTuple(operators)}.`,
    );
  }
  if (isNumeric) return numeric(entity, key, operator, text(value));
  const test = textOrList(operator, text(value));
  return entity === 'attributes'
    ? () => ({ of: 'attribute', key: attribute(key), test: test() })
    : () => ({ of: entity === 'params' ? 'parameter' : 'tag', key, test: test() });
}

const oneSpaced = (words: string): string => words.toUpperCase().replaceAll(/\s+/g, ' ');

const unaliased = (key: string): string => loggedModelAliases[key] ?? key;
const withoutBackticks = (text: string): string => trimmed(text, '`');

/** The text without the mark at both ends, however often it stands there. */
function trimmed(text: string, mark: string): string {
  let [start, end] = [0, text.length];
  while (start < end && text[start] === mark) start++;
  while (end > start && text[end - 1] === mark) end--;
  return text.slice(start, end);
}

function entityOf(identifier: string): { readonly entity: Entity; readonly key: string } {
  const [, name, rest] = /^([a-z]+)\.(.+)$/.exec(identifier) ?? [];
  if (name === undefined || rest === undefined) {
    return { entity: 'attributes', key: withoutBackticks(unaliased(identifier)) };
  }
  const entity = entities.find((known) => known === name);
  if (entity !== undefined) return { entity, key: withoutBackticks(rest) };
  throw invalidParameter(brief`Invalid entity type: ${shownRepr(name)}. Expected one of ${pythonList(entities)}.`);
}

function numeric(entity: Entity, key: string, operator: string, written: string): Judged {
  const value = parseFloatText(written);
  if (value === undefined)
    throw invalidParameter(brief`Expected a number to compare ${entity}.${key} with: ${written}`);
  const comparator = numberOperators.find((known) => known === operator) ?? '=';
  const test = { comparator, value };
  return entity === 'metrics'
    ? () => ({ of: 'metric', key, test })
    : () => ({ of: 'time', key: key === 'creation_timestamp_ms' ? 'creationTime' : lastUpdate(key), test });
}

function lastUpdate(key: string): 'lastUpdateTime' {
  if (key === 'last_updated_timestamp_ms') return 'lastUpdateTime';
  throw noSuchAttribute(key);
}

function attribute(key: string): LoggedModelAttribute {
  const known = loggedModelAttributes.find((name) => name === key);
  if (known !== undefined) return known;
  throw noSuchAttribute(key);
}

/** MLflow's server fails on these (500). */
const noSuchAttribute = (key: string): MlflowError =>
  invalidParameter(brief`Invalid attribute key '${key}' specified.`);

function textOrList(operator: string, written: string): () => TextTest | ListTest {
  if (!written.startsWith('(') || !written.endsWith(')')) {
    const value = trimmed(written, "'");
    if (isOneOf(operator, textComparators)) return () => ({ comparator: operator, value });
    throw invalidParameter(brief`Expected a list in brackets behind ${operator}: ${written}`);
  }
  const literal = parsePythonLiteral(written);
  const notList = brief`Expected a list of quoted texts behind ${operator}: ${written}`;
  if (literal === undefined) throw invalidParameter(notList);
  return () => {
    if (operator !== 'IN' && operator !== 'NOT IN') {
      // A number in brackets is no list to the server, and is compared as its digits.
      if (literal.kind !== 'other' || !isOneOf(operator, textComparators)) throw listWithoutIn(operator);
      return { comparator: operator, value: literal.repr };
    }
    if (literal.kind === 'other') throw new MlflowError('BAD_REQUEST', notList);
    const items = literal.kind === 'text' ? [literal] : literal.items;
    const known = items.filter((item) => item.kind !== 'other' || item.repr !== 'None');
    // None is SQL's NULL: IN never finds it, and nothing is known not to be in a list with it.
    if (operator === 'NOT IN' && known.length < items.length) return { comparator: 'IN', values: [] };
    return { comparator: operator, values: known.map((item) => (item.kind === 'text' ? item.value : reprOf(item))) };
  };
}
