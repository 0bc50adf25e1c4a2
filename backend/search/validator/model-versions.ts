import { brief } from '../../brief.ts';
import { invalidParameter } from '../../errors.ts';
import { floatRepr, parseIntText } from '../../wire/json/python.ts';
import { shownRepr } from '../../wire/json/repr.ts';
import { int64 } from '../../entities/int64.ts';
import type { ModelVersionClause, NumberTest } from '../clauses.ts';
import type { Comparison, ValueNode } from '../parser.ts';
import { parseFilter } from '../parser.ts';
import { pythonSet } from '../python-text.ts';
import { finishAll, isNumber, numberOf } from '../values.ts';
import { isOneOf, numberComparators } from './comparators.ts';
import { attributeTest, notATextOrList, readTexts, registryIdentifier, requiredValue, tagTest } from './registry.ts';

const attributes = ['name', 'version_number', 'run_id', 'source_path'] as const;
const withLists = ['name', 'run_id'];
/** As messages list them, though no filter may name the last two. */
const numbers = ['version_number', 'creation_timestamp', 'last_updated_timestamp'];

/**
 * Reads a filter over versions in the server's two steps, as `readRunFilter` does.
 * @throws MlflowError INVALID_PARAMETER_VALUE
 */
export function readModelVersionFilter(filter: string): () => readonly ModelVersionClause[] {
  const judged = parseFilter(filter, (clauses) => clauses.join(', '), judge);
  return () => finishAll(judged);
}

function judge(comparison: Comparison): () => ModelVersionClause {
  const value = requiredValue(comparison);
  const comparator = comparison.comparator.toUpperCase();
  const name = registryIdentifier(comparison.identifier, attributes);
  if (name.of === 'tag') {
    const test = tagTest(comparator, value);
    return () => ({ of: 'tag', key: name.key, test: test() });
  }
  const { key } = name;
  const texts = readTexts(key, value, withLists);
  if (key === 'version_number') {
    // Lists of numbers are refused with the value.
    const written = typeof texts === 'string' ? texts : value;
    if (typeof written !== 'string' && !isNumber(written)) throw notATextOrList(value);
    return () => ({ of: 'version number', test: versionTest(comparator, written) });
  }
  if (texts !== undefined) return () => ({ of: 'text attribute', key, test: attributeTest(comparator, texts) });
  if (!isNumber(value)) throw notATextOrList(value);
  throw invalidParameter(brief`Only the '${pythonSet(numbers)}' attributes support comparison with numeric values.`);
}

function versionTest(comparator: string, written: string | ValueNode): NumberTest {
  if (!isOneOf(comparator, numberComparators)) {
    throw invalidParameter(brief`Invalid comparator for attribute version_number: ${comparator}`);
  }
  if (typeof written === 'string') {
    const number = parseIntText(written);
    if (number === undefined) throw notAnInteger(shownRepr(written));
    return { comparator, value: int64(number) };
  }
  if (written.kind === 'float') throw notAnInteger(floatRepr(Number(written.text)));
  return { comparator, value: numberOf(written) };
}

const notAnInteger = (shown: string): Error =>
  invalidParameter(brief`Invalid value for numeric attribute 'version_number': ${shown}`);
