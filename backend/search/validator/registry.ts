import { brief } from '../../brief.ts';
import { invalidParameter } from '../../errors.ts';
import type { ListTest, TextTest } from '../clauses.ts';
import type { MlflowError } from '../../errors.ts';
import { splitIdentifier, unquotedKey } from '../identifier.ts';
import type { Comparison, ValueNode } from '../parser.ts';
import { pythonSet, pythonTuple } from '../python-text.ts';
import { isText, listOf, listWithoutIn, unquoted } from '../values.ts';
import { isOneOf, textComparators, textOrListComparators } from './comparators.ts';

/** A resolved name of the model registry. */
export type RegistryIdentifier<Attribute extends string> =
  { readonly of: 'tag'; readonly key: string } | { readonly of: 'attribute'; readonly key: Attribute };

/**
 * Reads a name in a filter. As the server does it, an attribute must be spelt without quotes.
 * @throws MlflowError INVALID_PARAMETER_VALUE where the name is none
 */
export function registryIdentifier<Attribute extends string>(
  identifier: string,
  attributes: readonly Attribute[],
): RegistryIdentifier<Attribute> {
  const { entity, key } = splitIdentifier(identifier);
  if (isTagEntity(entity)) return { of: 'tag', key: unquotedKey(key) };
  if (isOneOf(key, attributes)) return { of: 'attribute', key };
  throw unknownAttribute(key, attributes);
}

/** @throws MlflowError where it is the name of nothing in the registry */
export function isTagEntity(entity: string | undefined): boolean {
  if (entity === undefined || entity === 'attribute') return false;
  if (entity === 'tag' || entity === 'tags') return true;
  const valid = pythonTuple(['attribute', 'tag', 'tags']);
  throw invalidParameter(brief`Invalid entity type '${entity}'. Valid entity types are ${valid}`);
}

export const unknownAttribute = (key: string, attributes: readonly string[]): MlflowError =>
  invalidParameter(brief`Invalid attribute key '${key}' specified. Valid keys are '${pythonSet(attributes)}'`);

/** MLflow's server fails on IS NULL and IS NOT NULL here, with no answer of its own. */
export function requiredValue({ value, comparator, identifier }: Comparison): ValueNode {
  if (value !== undefined) return value;
  throw invalidParameter(brief`'${identifier} ${comparator}' is not supported in the model registry.`);
}

/** The test of a tag; call the result for the comparator's check, which comes later. */
export function tagTest(comparator: string, value: ValueNode): () => TextTest {
  if (!isText(value)) {
    throw invalidParameter(brief`Expected a quoted string value for tag (e.g. 'my-value'). Got value ${value.text}`);
  }
  const text = unquoted(value);
  return () => {
    if (isOneOf(comparator, textComparators)) return { comparator, value: text };
    throw invalidParameter(brief`Invalid comparator for tag: ${comparator}`);
  };
}

/** The value of a text attribute; undefined where it is of another kind, which its caller judges. */
export function readTexts(
  key: string,
  value: ValueNode,
  withLists: readonly string[],
): string | readonly string[] | undefined {
  if (isText(value)) return unquoted(value);
  if (value.kind !== 'parenthesis') return undefined;
  if (withLists.includes(key)) return listOf(value);
  const names = `[${withLists.map((name) => `'${name}'`).join(', ')}]`;
  throw invalidParameter(brief`Only ${names} attributes support comparison with a list of quoted string values.`);
}

export function attributeTest(comparator: string, value: string | readonly string[]): TextTest | ListTest {
  if (!isOneOf(comparator, textOrListComparators)) {
    throw invalidParameter(brief`Invalid comparator for attribute: ${comparator}`);
  }
  if (typeof value !== 'string') {
    if (comparator !== 'IN' && comparator !== 'NOT IN') throw listWithoutIn(comparator);
    return { comparator, values: value };
  }
  // A text never stands behind IN: the parser joins IN with brackets only.
  if (comparator === 'IN' || comparator === 'NOT IN') return { comparator, values: [value] };
  return { comparator, value };
}

export const notATextOrList = ({ text }: ValueNode): MlflowError =>
  invalidParameter(
    brief`Expected a quoted string value or a list of quoted string values for attributes. Got value ${text}`,
  );
