import type { RegisteredModelClause } from '../clauses.ts';
import type { Comparison } from '../parser.ts';
import { parseFilter } from '../parser.ts';
import { finishAll } from '../values.ts';
import { attributeTest, notATextOrList, readTexts, registryIdentifier, requiredValue, tagTest } from './registry.ts';

/**
 * Reads a filter over registered models in the server's two steps, as `readRunFilter` does.
 * @throws MlflowError INVALID_PARAMETER_VALUE
 */
export function readRegisteredModelFilter(filter: string): () => readonly RegisteredModelClause[] {
  const judged = parseFilter(filter, (clauses) => clauses.join(', '), judge);
  return () => finishAll(judged);
}

function judge(comparison: Comparison): () => RegisteredModelClause {
  const value = requiredValue(comparison);
  const comparator = comparison.comparator.toUpperCase();
  const name = registryIdentifier(comparison.identifier, ['name']);
  if (name.of === 'tag') {
    const test = tagTest(comparator, value);
    return () => ({ of: 'tag', key: name.key, test: test() });
  }
  const texts = readTexts(name.key, value, ['name']);
  if (texts === undefined) throw notATextOrList(value);
  return () => ({ of: 'name', test: attributeTest(comparator, texts) });
}
