import { brief } from '../../brief.ts';
import { MlflowError, invalidParameter } from '../../errors.ts';
import { checkLength } from '../validation/length.ts';
import { limits } from '../validation/limits.ts';
import { checkName } from '../validation/names.ts';
import type { Tag } from './service.ts';
import { checkTraceTag } from './trace-tags.ts';

const customViewPrefix = 'mlflow.customView.view';

export const isCustomView = (key: string): boolean => key.startsWith(customViewPrefix);

const countCustomViews = (keys: Iterable<string>): number => [...keys].filter(isCustomView).length;

export function checkExperimentTag({ key, value }: Tag): void {
  checkName(key, 'key');
  checkLength('key', key, limits.experimentTagKey);
  checkLength('value', value, limits.experimentTagValue);
  checkTraceTag(key, value);
}

/** MLflow's interface keeps its saved views in tags; an experiment holds a limited number. */
export function checkNewCustomViews(tags: readonly Tag[]): void {
  if (countCustomViews(tags.map(({ key }) => key)) > limits.customViews) throw tooManyViews('');
}

/** Checks a view that is about to be added; one that is there may be overwritten. */
export function checkCustomView(key: string, tags: ReadonlyMap<string, string>, experimentId: string): void {
  if (!isCustomView(key) || tags.has(key)) return;
  if (countCustomViews(tags.keys()) >= limits.customViews) throw tooManyViews(` for experiment ${experimentId}`);
}

/** The tags of a new experiment by key. */
export function tagMap(name: string, tags: readonly Tag[]): ReadonlyMap<string, string> {
  const map = new Map<string, string>();
  for (const { key, value } of tags) {
    // MLflow's server answers with this code, and claims that the experiment exists.
    if (map.has(key))
      throw new MlflowError('RESOURCE_ALREADY_EXISTS', brief`Experiment(name=${name}) has tag '${key}' twice.`);
    map.set(key, value);
  }
  return map;
}

function tooManyViews(where: string): MlflowError {
  return invalidParameter(
    brief`Unable to create another custom view${where}; the maximum number of custom views per experiment is ` +
      brief`${limits.customViews}. Delete an existing custom view before creating a new one.`,
  );
}
