import type { CallContext } from '../../call-context.ts';
import { brief } from '../../brief.ts';
import { alreadyExists, invalidParameter } from '../../errors.ts';
import type { ModelVersion, RegisteredModel } from '../../entities/registered-model.ts';
import { latestVersions, stageOf } from '../../entities/registered-model.ts';
import { notBefore } from '../../entities/time.ts';
import type { ModelWithVersions, RegisteredModelPatch, RegisteredModelStore } from '../../stores/contract/index.ts';
import { noVersions } from '../../stores/contract/index.ts';
import {
  checkAlias,
  checkModelName,
  checkNewModelName,
  checkNotReserved,
  checkRegistryTag,
  hasPromptTag,
  isLatest,
  noSuchModel,
  noSuchVersion,
  stageNamed,
  tagMap,
  versionNumber,
} from './checks.ts';
import { getByAlias } from './lookup.ts';
import type { RegisteredModelService, ShownModel } from './service.ts';
import { checkName } from '../validation/names.ts';
import { shownRepr } from '../../wire/json/repr.ts';
import { missingValue } from '../../wire/validators.ts';

/** The latest version of each stage, for `RegisteredModelStore.get`. */
const latest = (model: RegisteredModel): Iterable<number> => latestVersions(model).values();

/** @param now the clock, in ms since 1970 */
export function createRegisteredModelService(
  models: RegisteredModelStore,
  { now = Date.now }: { readonly now?: () => number } = {},
): RegisteredModelService {
  async function shown(context: CallContext, name: string): Promise<ShownModel> {
    checkModelName(name);
    const found = await models.get(context, name, latest);
    if (found === undefined) throw noSuchModel(name);
    return inStageOrder(found);
  }

  async function update(
    context: CallContext,
    name: string,
    decide: (current: RegisteredModel) => RegisteredModelPatch,
    missing = noSuchModel(name),
  ): Promise<RegisteredModel> {
    const updated = await models.update(context, name, decide);
    if (updated === undefined) throw missing;
    if (updated === 'name taken') throw new RangeError('no name was claimed');
    return updated.model;
  }

  return {
    async create(context, { name, description, tags }) {
      checkNewModelName(name);
      for (const tag of tags) checkRegistryTag(tag, 'model');
      const model = { name, description, creationTime: now(), tags: tagMap(tags) };
      const created = await models.create(context, model);
      if (created !== 'name taken') return created;
      const holder = await models.get(context, name, noVersions);
      throw nameTaken(name, holder !== undefined && hasPromptTag(holder.model.tags), hasPromptTag(model.tags));
    },

    get: shown,

    async describe(context, name, description) {
      checkModelName(name);
      await update(context, name, ({ creationTime }) => ({
        description,
        lastUpdatedTime: notBefore(creationTime, now()),
      }));
      return shown(context, name);
    },

    async rename(context, name, newName) {
      if (newName.trim() === '') throw invalidParameter(missingValue('new_name'));
      checkNewModelName(newName);
      checkModelName(name);
      const renamed = await models.update(context, name, ({ creationTime }) => {
        const time = notBefore(creationTime, now());
        return { name: newName, lastUpdatedTime: time, renamedTime: time };
      });
      if (renamed === undefined) throw noSuchModel(name);
      if (renamed === 'name taken') throw alreadyExists(brief`Registered Model (name=${newName}) already exists.`);
      return shown(context, newName);
    },

    async delete(context, name) {
      checkModelName(name);
      if (!(await models.delete(context, name))) throw noSuchModel(name);
    },

    async setTag(context, name, tag) {
      checkModelName(name);
      checkRegistryTag(tag, 'model');
      await update(context, name, () => ({ setTags: tagMap([tag]) }));
    },

    async deleteTag(context, name, key) {
      checkModelName(name);
      checkName(key, 'key');
      await update(context, name, () => ({ deleteTags: [key] }));
    },

    async latestVersions(context, name, stages) {
      const { model, versions } = await shown(context, name);
      const wanted = new Set(stages.map(stageNamed));
      if (wanted.size === 0) return { model, versions };
      return { model, versions: versions.filter(({ version }) => isIn(wanted, stageOf(model, version))) };
    },

    async setAlias(context, name, alias, version) {
      checkModelName(name);
      checkAlias(alias);
      checkNotReserved(alias);
      const number = versionNumber({ name, version });
      const missing = noSuchVersion(name, number);
      await update(
        context,
        name,
        (model) => {
          if (stageOf(model, number) === undefined) throw missing;
          return { setAliases: new Map([[alias, number]]) };
        },
        missing,
      );
    },

    async deleteAlias(context, name, alias) {
      checkModelName(name);
      checkAlias(alias);
      await update(context, name, () => ({ deleteAliases: [alias] }));
    },

    async getByAlias(context, name, alias) {
      checkModelName(name);
      checkAlias(alias);
      return getByAlias(context, models, name, isLatest(alias) ? { latest: true } : { alias });
    },
  };
}

/** The latest versions in the order in which their stages appear when versions are read upwards. */
function inStageOrder({ model, versions }: ModelWithVersions): ShownModel {
  const order = [...latestVersions(model).values()];
  return { model, versions: order.flatMap((number): readonly ModelVersion[] => toList(versions.get(number))) };
}

const toList = <T>(item: T | undefined): readonly T[] => (item === undefined ? [] : [item]);
const isIn = <T>(set: ReadonlySet<T>, item: T | undefined): boolean => item !== undefined && set.has(item);

function nameTaken(name: string, byPrompt: boolean, forPrompt: boolean): Error {
  const [old, next] = [byPrompt, forPrompt].map((prompt) => (prompt ? 'Prompt' : 'Registered Model')) as [
    string,
    string,
  ];
  if (old === next) return alreadyExists(brief`${next} (name=${name}) already exists.`);
  return alreadyExists(
    brief`Tried to create a ${next.toLowerCase()} with name ${shownRepr(name)}, but the name is already taken by a ` +
      brief`${old.toLowerCase()}. MLflow does not allow creating a model and a prompt with the same name.`,
  );
}
