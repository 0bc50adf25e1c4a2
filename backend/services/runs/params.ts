import { truncate } from '../../code-points.ts';
import { brief, cut } from '../../brief.ts';
import { invalidParameter } from '../../errors.ts';
import { repr } from '../../wire/json/repr.ts';
import { checkLength } from '../validation/length.ts';
import { limits } from '../validation/limits.ts';
import { checkName } from '../validation/names.ts';
import type { Rules } from '../validation/rules.ts';
import type { KeyValue } from './service.ts';

/** @returns the param as it is kept: a value that is too long is cut */
export function checkedParam({ key, value }: KeyValue, path: string, rules: Rules): KeyValue {
  checkName(key, `${path}key`);
  checkLength('Param key', key, limits.key);
  if (!rules.truncateLongValues) checkLength('Param value', value, limits.paramValue);
  return { key, value: truncate(value, limits.paramValue) };
}

export function refuseRepeatedKeys(params: readonly KeyValue[]): void {
  const seen = new Set<string>();
  const repeated = params.map(({ key }) => key).filter((key) => seen.size === seen.add(key).size);
  if (repeated.length === 0) return;
  throw invalidParameter(
    brief`Duplicate parameter keys have been submitted: ${repr(repeated)}. Please ensure the request contains only one ` +
      'param value per param key.',
  );
}

/** Two values at their longest, and what stands around them: a message shows a param that changed whole. */
const mostShownOfParams = 2 * limits.paramValue + 500;

/** @throws MlflowError where a param has another value already */
export function newParams(
  runId: string,
  current: ReadonlyMap<string, string>,
  params: readonly KeyValue[],
): ReadonlyMap<string, string> {
  const changed = params.filter(({ key, value }) => (current.get(key) ?? value) !== value);
  if (changed.length > 0) {
    const list = changed.map(({ key, value }) => ({ key, old_value: current.get(key) ?? '', new_value: value }));
    throw invalidParameter(
      `Changing param values is not allowed. Params were already logged='` +
        cut(repr(list), mostShownOfParams) +
        brief`' for run ID='${runId}'.`,
    );
  }
  return new Map(params.filter(({ key }) => !current.has(key)).map(({ key, value }) => [key, value]));
}

/** As `newParams` for a single one, for which MLflow has another sentence. */
export function newParam(
  runId: string,
  current: ReadonlyMap<string, string>,
  { key, value }: KeyValue,
): ReadonlyMap<string, string> {
  const old = current.get(key);
  if (old === undefined) return new Map([[key, value]]);
  if (old === value) return new Map();
  throw invalidParameter(
    brief`Changing param values is not allowed. Param with key='${key}' was already logged with value='` +
      cut(old, limits.paramValue) +
      brief`' for run ID='${runId}'. Attempted logging new value '` +
      cut(value, limits.paramValue) +
      "'.",
  );
}
