import { brief } from '../../brief.ts';
import { invalidParameter } from '../../errors.ts';
import type { ListTest, RunClause, TextTest } from '../clauses.ts';
import type { Comparison, ValueNode } from '../parser.ts';
import { parseFilter } from '../parser.ts';
import { finishAll, isNumber, isText, listOf, listWithoutIn, numberOf, unquoted } from '../values.ts';
import {
  numberComparators,
  requireOneOf,
  textComparators,
  textOrListComparators,
  textOrPresenceComparators,
} from './comparators.ts';
import type { RunIdentifier } from './run-identifier.ts';
import { entityName, filterKeys, runIdentifier } from './run-identifier.ts';

/** A comparison whose name and value are right; its comparator is looked at only when the whole filter was read. */
type Judged = () => RunClause;

/**
 * Reads a filter over runs in the server's two steps: first names and values, then comparators, so that of several
 * mistakes it names the same. Call the result for the second step.
 * @throws MlflowError INVALID_PARAMETER_VALUE
 */
export function readRunFilter(filter: string): () => readonly RunClause[] {
  const list = (clauses: readonly string[]): string => clauses.map((clause) => `'${clause}'`).join(', ');
  const judged = parseFilter(filter, list, judge);
  return () => finishAll(judged);
}

function judge({ identifier, comparator: written, value }: Comparison): Judged {
  const name = runIdentifier(identifier, filterKeys);
  const comparator = written.toUpperCase();
  if (value === undefined) return presence(name, comparator);
  switch (name.of) {
    case 'metric':
      return metric(name, comparator, value);
    case 'parameter':
    case 'tag':
      return parameterOrTag(name, comparator, value);
    case 'number attribute':
      return numberAttribute(name, comparator, value);
    case 'text attribute':
      return textAttribute(name, comparator, value);
    case 'dataset': {
      const test = textOrList(comparator, value, 'dataset attributes', '');
      return () => ({ of: name.of, key: name.key, test: test() });
    }
  }
}

type Named<Of extends RunIdentifier['of']> = Extract<RunIdentifier, { of: Of }>;

function presence(name: RunIdentifier, comparator: string): Judged {
  const { of } = name;
  if (of !== 'parameter' && of !== 'tag') {
    const key = 'written' in name ? name.written : name.key;
    throw invalidParameter(
      brief`IS NULL / IS NOT NULL is only supported for tags and params, not for '${entityName(name)}' '${key}'`,
    );
  }
  return () => ({ of, key: name.key, test: { comparator: comparator === 'IS NULL' ? 'IS NULL' : 'IS NOT NULL' } });
}

function metric({ of, key }: Named<'metric'>, comparator: string, value: ValueNode): Judged {
  if (!isNumber(value)) throw invalidParameter(brief`Expected numeric value type for metric. Found ${value.text}`);
  return () => ({
    of,
    key,
    test: { comparator: requireOneOf(comparator, numberComparators, ''), value: Number(value.text) },
  });
}

function parameterOrTag({ of, key }: Named<'parameter' | 'tag'>, comparator: string, value: ValueNode): Judged {
  if (!isText(value)) {
    throw invalidParameter(brief`Expected a quoted string value for ${of} (e.g. 'my-value'). Got value ${value.text}`);
  }
  const text = unquoted(value);
  const end = of === 'tag' ? '' : "'";
  return () => ({
    of,
    key,
    test: { comparator: requireOneOf(comparator, textComparators, end, textOrPresenceComparators), value: text },
  });
}

function numberAttribute(name: Named<'number attribute'>, comparator: string, value: ValueNode): Judged {
  const { of, key, written } = name;
  if (!isNumber(value)) {
    throw invalidParameter(brief`Expected numeric value type for numeric attribute: ${written}. Found ${value.text}`);
  }
  const number = numberOf(value);
  return () => ({
    of,
    key,
    test: { comparator: requireOneOf(comparator, numberComparators, '', textOrListComparators), value: number },
  });
}

function textAttribute({ of, key, written }: Named<'text attribute'>, comparator: string, value: ValueNode): Judged {
  if (value.kind === 'parenthesis' && written !== 'run_id') {
    throw invalidParameter("Only ['run_id'] attributes support comparison with a list of quoted string values.");
  }
  const test = textOrList(comparator, value, 'attributes', "'");
  return () => ({ of, key, test: test() });
}

function textOrList(comparator: string, value: ValueNode, what: string, end: "'" | ''): () => TextTest | ListTest {
  const valid = (): string => requireOneOf(comparator, textOrListComparators, end);
  if (isText(value)) {
    const text = unquoted(value);
    // A text never stands behind IN: the parser joins IN with brackets only.
    return () => ({ comparator: requireOneOf(valid(), textComparators, end), value: text });
  }
  if (value.kind !== 'parenthesis') {
    throw invalidParameter(brief`Expected a quoted string value for ${what}. Got value ${value.text}`);
  }
  const values = listOf(value);
  return () => {
    const checked = valid();
    if (checked !== 'IN' && checked !== 'NOT IN') throw listWithoutIn(checked);
    return { comparator: checked, values };
  };
}
