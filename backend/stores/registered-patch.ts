import { inKeyOrder } from '../entities/order.ts';
import type { ModelVersion, RegisteredModel } from '../entities/registered-model.ts';
import { notBefore } from '../entities/time.ts';
import type { NewRegisteredModel, RegisteredModelPatch, VersionPatch } from './contract/index.ts';

/** A model as it is created: without versions. */
export const newModel = ({ name, description, creationTime, tags }: NewRegisteredModel): RegisteredModel => ({
  ...{ name, description, creationTime, lastUpdatedTime: creationTime, renamedTime: 0 },
  ...{ tags: inKeyOrder(tags), aliases: new Map(), stages: [], hadPromptVersion: false },
});

/** The model after a patch, but for its mark of prompts. */
export function patchedModel(current: RegisteredModel, patch: RegisteredModelPatch): RegisteredModel {
  const { setTags, deleteTags, setAliases, deleteAliases, addVersion, setStages, deleteVersion } = patch;
  const { name = current.name, description = current.description } = patch;
  const { lastUpdatedTime = current.lastUpdatedTime, renamedTime = current.renamedTime } = patch;
  const stages = [...current.stages];
  for (const [number, stage] of setStages ?? []) stages[number - 1] = stage;
  if (deleteVersion !== undefined) stages[deleteVersion - 1] = undefined;
  if (addVersion !== undefined) stages.push('None');
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
