import { truncate } from '../../code-points.ts';
import { brief } from '../../brief.ts';
import { MlflowError, invalidParameter } from '../../errors.ts';
import type { RunPatch } from '../../stores/contract/index.ts';
import { checkLength } from '../validation/length.ts';
import { limits } from '../validation/limits.ts';
import { checkName } from '../validation/names.ts';
import type { Rules } from '../validation/rules.ts';
import type { KeyValue } from './service.ts';

/** The tag that always holds the run's name, and renames the run when it is set. */
export const runNameTag = 'mlflow.runName';

/** @returns the tag as it is kept: a value that is too long is cut */
export function checkedTag({ key, value }: KeyValue, path: string, rules: Rules): KeyValue {
  checkName(key, `${path}key`);
  checkLength(`${path}key`, key, limits.key);
  if (!rules.truncateLongValues) checkLength(`${path}value`, value, limits.tagValue);
  return { key, value: truncate(value, limits.tagValue) };
}

/** What setting the tags changes, in their order. An empty run name changes nothing. */
export function tagPatch(tags: readonly KeyValue[]): RunPatch {
  const setTags = new Map<string, string>();
  for (const { key, value } of tags) if (key !== runNameTag || value !== '') setTags.set(key, value);
  const runName = setTags.get(runNameTag);
  return runName === undefined ? { setTags } : { setTags, info: { runName } };
}

/**
 * The tags of a new run, in step with its name. Here MLflow's server checks no name; ours only that an engine can keep it.
 * One key twice is BAD_REQUEST there too, in its database's words.
 */
export function newRunTags(tags: readonly KeyValue[], runName: string): ReadonlyMap<string, string> {
  const map = new Map<string, string>();
  for (const { key, value } of tags) {
    if (map.has(key)) throw new MlflowError('BAD_REQUEST', brief`The run has tag '${key}' twice.`);
    if (Buffer.byteLength(key) > limits.storedKeyBytes) {
      throw invalidParameter(brief`A tag's key exceeds the maximum length of ${limits.storedKeyBytes} bytes`);
    }
    map.set(key, value);
  }
  // There the name is added beside an empty one, and is the same key twice.
  if (map.get(runNameTag) === '') throw new MlflowError('BAD_REQUEST', brief`The run's tag '${runNameTag}' is empty.`);
  return map.set(runNameTag, runName);
}
