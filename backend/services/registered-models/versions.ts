import type { CallContext } from '../../call-context.ts';
import { brief } from '../../brief.ts';
import { MlflowError } from '../../errors.ts';
import type { ModelStage, RegisteredModel } from '../../entities/registered-model.ts';
import { aliasesOf, stageOf, versionNumbers } from '../../entities/registered-model.ts';
import { notBefore } from '../../entities/time.ts';
import type {
  RegisteredModelPatch,
  RegisteredModelStore,
  RunStore,
  VersionPatch,
} from '../../stores/contract/index.ts';
import { checkName } from '../validation/names.ts';
import { defaultRules } from '../validation/rules.ts';
import type { Rules } from '../validation/rules.ts';
import { checkModelName, checkRegistryTag, noSuchVersion, stageNamed, tagMap, versionNumber } from './checks.ts';
import { createVersion } from './create-version.ts';
import { getVersion } from './lookup.ts';
import type { ModelVersionService, ShownVersion, VersionName } from './service.ts';
import type { SourceModels } from './source-models.ts';

export interface VersionStores {
  readonly registeredModels: RegisteredModelStore;
  readonly runs: Pick<RunStore, 'get'>;
}

/** @param now the clock, in ms since 1970 */
export function createModelVersionService(
  { registeredModels: models, runs }: VersionStores,
  sourceModels: SourceModels,
  { rules = defaultRules, now = Date.now }: { readonly rules?: Rules | undefined; readonly now?: () => number } = {},
): ModelVersionService {
  /** Changes a model of which the version must be there. */
  async function update(
    context: CallContext,
    named: VersionName,
    decide: (current: RegisteredModel, number: number) => RegisteredModelPatch,
  ): Promise<ShownVersion> {
    checkModelName(named.name);
    const number = versionNumber(named);
    const missing = noSuchVersion(named.name, number);
    const updated = await models.update(context, named.name, (current) => {
      if (stageOf(current, number) === undefined) throw missing;
      return decide(current, number);
    });
    if (updated === undefined || updated === 'name taken') throw missing;
    const version = updated.versions.get(number);
    return version ? { model: updated.model, version } : getVersion(context, models, named.name, number);
  }

  async function patch(context: CallContext, named: VersionName, change: VersionPatch): Promise<ShownVersion> {
    return update(context, named, (_current, number) => ({ versions: new Map([[number, change]]) }));
  }

  async function get(context: CallContext, named: VersionName): Promise<ShownVersion> {
    checkModelName(named.name);
    return getVersion(context, models, named.name, versionNumber(named));
  }

  return {
    create: (context, request) => createVersion(context, { models, runs, sourceModels, rules, now }, request),
    get,
    downloadUri: async (context, named) => (await get(context, named)).version.storageLocation,
    describe: (context, named, description) =>
      patch(context, named, { description: description ?? null, lastUpdatedTime: now() }),

    async delete(context, named) {
      versionNumber(named);
      checkModelName(named.name);
      const number = versionNumber(named);
      const missing = noSuchVersion(named.name, number);
      const deleted = await models.update(context, named.name, (current) => {
        if (stageOf(current, number) === undefined) throw missing;
        const lastUpdatedTime = notBefore(current.creationTime, now());
        return { deleteVersion: number, deleteAliases: aliasesOf(current, number), lastUpdatedTime };
      });
      if (deleted === undefined) throw missing;
    },

    async transition(context, named, written, archiveExisting) {
      const stage = stageNamed(written);
      if (archiveExisting && stage !== 'Staging' && stage !== 'Production') {
        throw new MlflowError(
          'INTERNAL_ERROR',
          brief`Model version transition cannot archive existing model versions because '${written}' is not an Active ` +
            "stage. Valid stages are ['Staging', 'Production']",
        );
      }
      return update(context, named, (current, number) => {
        const time = notBefore(current.creationTime, now());
        const others = archiveExisting
          ? versionNumbers(current).filter((other) => other !== number && stageOf(current, other) === stage)
          : [];
        const stages = others.map((other): [number, ModelStage] => [other, 'Archived']);
        return {
          lastUpdatedTime: time,
          setStages: new Map([...stages, [number, stage]]),
          versions: new Map([...others, number].map((changed) => [changed, { lastUpdatedTime: time }])),
        };
      });
    },

    async setTag(context, named, tag) {
      checkModelName(named.name);
      versionNumber(named);
      checkRegistryTag(tag, 'version');
      await patch(context, named, { setTags: tagMap([tag]) });
    },

    async deleteTag(context, named, key) {
      checkModelName(named.name);
      versionNumber(named);
      checkName(key, 'key');
      await patch(context, named, { deleteTags: [key] });
    },
  };
}
