import { brief } from '../../brief.ts';
import { invalidParameter } from '../../errors.ts';
import { floatRepr, parseIntText } from '../../wire/json/python.ts';
import type { ExperimentClause, ExperimentNumberAttribute } from '../clauses.ts';
import { splitIdentifier, unquotedKey } from '../identifier.ts';
import type { Comparison, ValueNode } from '../parser.ts';
import { parseFilter } from '../parser.ts';
import { pythonSet, pythonTuple } from '../python-text.ts';
import { finishAll, isNumber, isText, listOf, listWithoutIn, numberOf, unquoted } from '../values.ts';
import { isOneOf, numberComparators, requireOneOf, textComparators, textOrListComparators } from './comparators.ts';

const attributes = ['name', 'experiment_id', 'creation_time', 'last_update_time'] as const;
type Attribute = (typeof attributes)[number];

/** A resolved name of an experiment's attribute or tag. */
export type ExperimentIdentifier =
  { readonly of: 'tag'; readonly key: string } | { readonly of: 'attribute'; readonly key: Attribute };

/** @throws MlflowError INVALID_PARAMETER_VALUE where the name is none of an experiment's */
export function experimentIdentifier(identifier: string): ExperimentIdentifier {
  const { entity, key: quoted } = splitIdentifier(identifier);
  if (entity !== undefined && entity !== 'attribute' && entity !== 'tag' && entity !== 'tags') {
    const valid = pythonTuple(['attribute', 'tag', 'tags']);
    throw invalidParameter(brief`Invalid entity type '${entity}'. Valid entity types are ${valid}`);
  }
  const key = unquotedKey(quoted);
  if (entity === 'tag' || entity === 'tags') return { of: 'tag', key };
  const known = attributes.find((attribute) => attribute === key);
  if (known !== undefined) return { of: 'attribute', key: known };
  throw invalidParameter(brief`Invalid attribute key '${key}' specified. Valid keys are '${pythonSet(attributes)}'`);
}

type Judged = () => ExperimentClause;

/** As `readRunFilter`, over experiments: comparators in words must be in upper case here. */
export function readExperimentFilter(filter: string): readonly ExperimentClause[] {
  const judged = parseFilter(filter, (clauses) => clauses.join(', '), judge);
  return finishAll(judged);
}

function judge({ identifier, comparator, value }: Comparison): Judged {
  const name = experimentIdentifier(identifier);
  if (value === undefined) return presence(name, comparator);
  if (name.of === 'tag') return tag(name.key, comparator, value);
  if (name.key === 'creation_time' || name.key === 'last_update_time') return time(name.key, comparator, value);
  return nameOrId(name.key, comparator, value);
}

function presence(name: ExperimentIdentifier, comparator: string): Judged {
  if (name.of === 'tag') {
    const { of, key } = name;
    return () => ({
      of,
      key,
      test: { comparator: comparator.toUpperCase() === 'IS NULL' ? 'IS NULL' : 'IS NOT NULL' },
    });
  }
  throw invalidParameter(brief`IS NULL / IS NOT NULL is only supported for tags, not for attribute '${name.key}'`);
}

function tag(key: string, comparator: string, value: ValueNode): Judged {
  if (!isText(value)) {
    throw invalidParameter(brief`Expected a quoted string value for tag (e.g. 'my-value'). Got value ${value.text}`);
  }
  const text = unquoted(value);
  return () => {
    if (isOneOf(comparator, textComparators)) return { of: 'tag', key, test: { comparator, value: text } };
    throw invalidParameter(brief`Invalid comparator for tag: ${comparator}`);
  };
}

function time(key: ExperimentNumberAttribute, comparator: string, value: ValueNode): Judged {
  if (!isNumber(value)) {
    throw invalidParameter(brief`Expected numeric value type for numeric attribute: ${key}. Found ${value.text}`);
  }
  return () => {
    const checked = requireOneOf(comparator, numberComparators, '', textOrListComparators);
    if (value.kind === 'float') {
      throw invalidParameter(brief`Invalid value for numeric attribute '${key}': '${floatRepr(Number(value.text))}'`);
    }
    return { of: 'number attribute', key, test: { comparator: checked, value: numberOf(value) } };
  };
}

function nameOrId(key: 'name' | 'experiment_id', comparator: string, value: ValueNode): Judged {
  if (value.kind === 'parenthesis') {
    if (key === 'experiment_id') return ids(comparator, listOf(value));
    throw invalidParameter("Only ['experiment_id'] attributes support comparison with a list of quoted string values.");
  }
  if (!isText(value)) {
    throw invalidParameter(brief`Expected a quoted string value for attributes. Got value ${value.text}`);
  }
  const text = unquoted(value);
  if (key === 'experiment_id') return ids(comparator, text);
  return () => {
    const known = requireOneOf(comparator, textOrListComparators, "'");
    return { of: 'text attribute', key, test: { comparator: requireOneOf(known, textComparators, "'"), value: text } };
  };
}

function ids(comparator: string, written: string | readonly string[]): Judged {
  return () => {
    if (!isOneOf(comparator, ['=', '!=', 'IN', 'NOT IN'])) {
      throw invalidParameter(brief`Invalid comparator for experiment_id: ${comparator}`);
    }
    const values = (typeof written === 'string' ? [written] : written).map(experimentIdOf);
    if (typeof written !== 'string' && comparator !== 'IN' && comparator !== 'NOT IN') throw listWithoutIn(comparator);
    return { of: 'id', test: { comparator: comparator === '=' || comparator === 'IN' ? 'IN' : 'NOT IN', values } };
  };
}

/**
 * An experiment id in plain decimal.
 * @throws MlflowError INVALID_PARAMETER_VALUE where it is no integer
 */
export function experimentIdOf(written: string): string {
  const id = parseIntText(written);
  if (id !== undefined) return String(id);
  throw invalidParameter(brief`Invalid experiment ID '${written}'. Experiment ID must be a valid integer.`);
}
