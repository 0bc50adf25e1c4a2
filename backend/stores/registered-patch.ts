import { inKeyOrder } from '../entities/order.ts';
import type { ModelVersion, RegisteredModel } from '../entities/registered-model.ts';
import { stageOf } from '../entities/registered-model.ts';
import { notBefore } from '../entities/time.ts';
import type { NewRegisteredModel, RegisteredModelPatch, VersionPatch } from './contract/index.ts';

/** A model as it is created: without versions. */
export function newModel(registered: NewRegisteredModel): RegisteredModel {
  const { name, description, creationTime, lastUpdatedTime = creationTime, tags } = registered;
  return {
    ...{ name, description, creationTime, lastUpdatedTime, renamedTime: 0 },
    ...{ tags: inKeyOrder(tags), aliases: new Map(), stages: [], hadPromptVersion: false },
  };
}

/**
 * The versions that are there and that a patch is about: their records are read before anything is written.
 * @throws RangeError where one is not there
 */
export function versionsIn(current: RegisteredModel, patch: RegisteredModelPatch): readonly number[] {
  const { setStages, setAliases, versions, deleteVersion, skipVersions = 0, addVersion } = patch;
  if (!Number.isInteger(skipVersions) || skipVersions < 0) throw new RangeError(`No count: ${String(skipVersions)}`);
  const added = addVersion && current.stages.length + skipVersions + 1;
  const changed = [...(versions?.keys() ?? []), ...(deleteVersion === undefined ? [] : [deleteVersion])];
  const named = [...(setStages?.keys() ?? []), ...(setAliases?.values() ?? [])].filter((number) => number !== added);
  const about = [...new Set([...changed, ...named])];
  for (const number of about) {
    if (stageOf(current, number) === undefined) throw new RangeError(`There is no version ${String(number)}.`);
  }
  return about;
}

/** The model after a patch, but for its mark of prompts. */
export function patchedModel(current: RegisteredModel, patch: RegisteredModelPatch): RegisteredModel {
  const { setTags, deleteTags, setAliases, deleteAliases, skipVersions = 0, addVersion, setStages } = patch;
  const { name = current.name, description = current.description } = patch;
  const { lastUpdatedTime = current.lastUpdatedTime, renamedTime = current.renamedTime } = patch;
  const stages = [...current.stages, ...Array.from({ length: skipVersions }, () => undefined)];
  if (addVersion !== undefined) stages.push('None');
  for (const [number, stage] of setStages ?? []) stages[number - 1] = stage;
  if (patch.deleteVersion !== undefined) stages[patch.deleteVersion - 1] = undefined;
  return {
    ...current,
    ...{ name, description, lastUpdatedTime, renamedTime, stages },
    tags: changed(current.tags, setTags, deleteTags),
    aliases: changed(current.aliases, setAliases, deleteAliases),
  };
}

/** The version after its part of a patch, which is never before its creation. */
export function patchedVersion(current: ModelVersion, patch: VersionPatch): ModelVersion {
  const { description = current.description, lastUpdatedTime = current.lastUpdatedTime } = patch;
  return {
    ...current,
    lastUpdatedTime: notBefore(current.creationTime, lastUpdatedTime),
    description: description ?? undefined,
    tags: changed(current.tags, patch.setTags, patch.deleteTags),
  };
}

function changed<Value>(
  map: ReadonlyMap<string, Value>,
  set: ReadonlyMap<string, Value> | undefined,
  remove: readonly string[] | undefined,
): ReadonlyMap<string, Value> {
  if (set === undefined && remove === undefined) return map;
  const next = new Map([...map, ...(set ?? [])]);
  for (const key of remove ?? []) next.delete(key);
  return inKeyOrder(next);
}
