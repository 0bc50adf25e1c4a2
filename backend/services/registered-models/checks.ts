import { lengthOf, truncate } from '../../code-points.ts';
import { brief } from '../../brief.ts';
import type { MlflowError } from '../../errors.ts';
import { doesNotExist, invalidParameter } from '../../errors.ts';
import type { ModelStage } from '../../entities/registered-model.ts';
import { modelStages, promptTag } from '../../entities/registered-model.ts';
import { parseIntText } from '../../wire/json/python.ts';
import { missingValue } from '../../wire/validators.ts';
import type { Tag } from '../experiments/service.ts';
import { checkLength } from '../validation/length.ts';
import { limits } from '../validation/limits.ts';
import { checkName, checkUniquePath } from '../validation/names.ts';
import type { VersionName } from './service.ts';

const promptText = 'mlflow.prompt.text';

/** @throws MlflowError where it cannot be the name of a registered model */
export function checkModelName(name: string): void {
  if (name.trim() === '') throw invalidParameter(missingValue('name'));
  if (/[/:]/.test(name)) throw invalidParameter(brief`Invalid model name '${name}'. Names cannot contain '/' or ':'.`);
  checkUniquePath(name, 'name');
}

/** As `checkModelName`, for a name that a model is to get: of MLflow's databases only SQLite takes longer ones. */
export function checkNewModelName(name: string): void {
  checkModelName(name);
  checkLength('name', name, limits.registeredModelName);
}

/**
 * The number of a version as a client wrote it; what is not from 1 on is simply nobody's.
 * @throws MlflowError where it is no integer, or one that no version can have
 */
export function versionNumber({ name, version }: VersionName): number {
  const number = parseIntText(version);
  if (number === undefined) throw invalidParameter(brief`Parameter 'version' must be an integer, got '${version}'.`);
  if (number > 2n ** 31n || number < -(2n ** 31n)) throw noSuchVersion(name, String(number));
  return Number(number);
}

/** @throws MlflowError where it is none; a version's text of a prompt is named by its own sentence */
export function checkRegistryTag({ key, value }: Tag, of: 'model' | 'version'): void {
  checkName(key, 'key');
  checkLength('key', key, limits.registryTagKey);
  if (of === 'version' && key === promptText && lengthOf(value) > limits.registryTagValue) {
    throw invalidParameter(brief`Prompt text exceeds max length of ${limits.registryTagValue} characters.`);
  }
  checkLength('value', value, limits.registryTagValue);
}

/** The tags of what is new by key; of a key that comes twice the last counts. */
export const tagMap = (tags: readonly Tag[]): ReadonlyMap<string, string> =>
  new Map(tags.map(({ key, value }) => [key, value]));

/** Whether MLflow calls a model of these tags a prompt where a name is taken: whatever the tag says. */
export const hasPromptTag = (tags: ReadonlyMap<string, string>): boolean => tags.has(promptTag);

/** @throws MlflowError where it is none of the stages, in any case of letters */
export function stageNamed(written: string): ModelStage {
  const found = modelStages.find((stage) => stage.toLowerCase() === written.toLowerCase());
  if (found !== undefined) return found;
  throw invalidParameter(
    brief`Invalid Model Version stage: ${written}. Value must be one of ${modelStages.join(', ')}.`,
  );
}

/** Python's `[\w\-]*`, whose `$` lets one line break through at the end. */
const alias = /^[\p{L}\p{N}_-]*\n?$/u;

export function checkAlias(name: string): void {
  if (name === '') throw invalidParameter('Registered model alias name cannot be empty.');
  // A longer one is refused below.
  if (!alias.test(truncate(name, 2 * limits.registeredModelAlias))) {
    throw invalidParameter(
      brief`Invalid alias name: '${name}'. Names may only contain alphanumerics, underscores (_), and dashes (-).`,
    );
  }
  checkLength('Registered model alias name', name, limits.registeredModelAlias);
}

export const isLatest = (name: string): boolean => name.toLowerCase() === 'latest';

/** @throws MlflowError where a version might be meant by it */
export function checkNotReserved(name: string): void {
  if (isLatest(name)) throw invalidParameter("'latest' alias name (case insensitive) is reserved.");
  if (/^v\p{Nd}+\n?$/iu.test(name)) throw invalidParameter(brief`Version alias name '${name}' is reserved.`);
}

export const noSuchModel = (name: string): MlflowError =>
  doesNotExist(brief`Registered Model with name=${name} not found`);

export const noSuchVersion = (name: string, version: string | number): MlflowError =>
  doesNotExist(brief`Model Version (name=${name}, version=${version}) not found`);
