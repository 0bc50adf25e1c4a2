import { brief } from '../../brief.ts';
import { MlflowError, invalidParameter } from '../../errors.ts';
import { parseJsonExactly } from '../../wire/json/parse.ts';
import { dumpsSpaced } from '../../wire/json/python.ts';
import { isArray, isObject, member } from '../../wire/json/value.ts';
import type { Json, JsonObject } from '../../wire/json/value.ts';
import { pythonSet } from '../../search/python-text.ts';
import { repr } from '../../wire/json/repr.ts';

/** Where clients before MLflow 3 look for the models that a run has logged: a JSON list. */
export const historyTag = 'mlflow.log-model.history';

const mandatory = ['artifact_path', 'flavors', 'utc_time_created', 'run_id'] as const;

/**
 * What the history says of a model, from its MLmodel as JSON.
 * @throws MlflowError INVALID_PARAMETER_VALUE
 */
export function modelEntry(modelJson: string): JsonObject {
  const model = parseJsonExactly(modelJson);
  if (model === undefined) throw invalidParameter(brief`Malformed model info. \n ${modelJson} \n is not a valid JSON.`);
  if (!isObject(model)) throw invalidParameter('Model json must be an object.');
  const missing = mandatory.filter((field) => !Object.hasOwn(model, field));
  if (missing.length > 0) throw invalidParameter(brief`Model json is missing mandatory fields: ${pythonSet(missing)}`);
  const created = member(model, 'utc_time_created') ?? null;
  return {
    ...present(model, 'run_id'),
    ...present(model, 'artifact_path'),
    utc_time_created: created === null ? now() : typeof created === 'string' ? created : repr(created),
    model_uuid: member(model, 'model_uuid') ?? null,
    flavors: flavorsOf(member(model, 'flavors') ?? null),
  };
}

/**
 * The tag's next value.
 * @throws MlflowError INVALID_PARAMETER_VALUE where somebody has set the tag to what is no list
 */
export function withEntry(tag: string | undefined, entry: JsonObject): string {
  const list = tag === undefined ? [] : parseJsonExactly(tag);
  if (!isArray(list))
    throw new MlflowError('INVALID_PARAMETER_VALUE', brief`The tag '${historyTag}' holds no JSON list.`);
  return dumpsSpaced([...list, entry]);
}

function present(model: JsonObject, field: string): JsonObject {
  const value = member(model, field) ?? null;
  return value === null ? {} : { [field]: value };
}

/** Each flavor without what it was configured with, which may be large. */
function flavorsOf(flavors: Json): Json {
  if (flavors === null) return {};
  if (!isObject(flavors)) throw invalidParameter("'flavors' of the model json must be an object.");
  const short = (flavor: Json): Json =>
    isObject(flavor) ? Object.fromEntries(Object.entries(flavor).filter(([key]) => key !== 'config')) : flavor;
  return Object.fromEntries(Object.entries(flavors).map(([name, flavor]) => [name, short(flavor)]));
}

/** As Python prints a time in UTC. */
const now = (): string => new Date().toISOString().replace('T', ' ').replace('Z', '000');
