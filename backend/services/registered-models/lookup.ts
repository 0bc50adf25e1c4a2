import type { CallContext } from '../../call-context.ts';
import { brief } from '../../brief.ts';
import { MlflowError, doesNotExist, invalidParameter } from '../../errors.ts';
import type { ModelStage, RegisteredModel } from '../../entities/registered-model.ts';
import { latestVersions, versionNumbers } from '../../entities/registered-model.ts';
import type { RegisteredModelStore, VersionsWanted } from '../../stores/contract/index.ts';
import { noSuchModel, noSuchVersion } from './checks.ts';
import type { ShownVersion } from './service.ts';

/** @throws MlflowError where there is no such version, or no such model, which is said in the same words */
export async function getVersion(
  context: CallContext,
  models: RegisteredModelStore,
  name: string,
  number: number,
): Promise<ShownVersion> {
  const found = await models.get(context, name, () => [number]);
  const version = found?.versions.get(number);
  if (found === undefined || version === undefined) throw noSuchVersion(name, number);
  return { model: found.model, version };
}

/** @throws MlflowError where there is no such model or alias; for `latest`, no version */
export async function getByAlias(
  context: CallContext,
  models: RegisteredModelStore,
  name: string,
  by: { readonly alias: string } | { readonly latest: true },
): Promise<ShownVersion> {
  const number = (model: RegisteredModel): number | undefined =>
    'latest' in by ? versionNumbers(model).at(-1) : model.aliases.get(by.alias);
  const version = await one(context, models, name, number);
  if (version !== undefined) return version;
  if ('latest' in by) throw doesNotExist(brief`Latest version not found for model ${name}.`);
  throw invalidParameter(brief`Registered model alias ${by.alias} not found.`);
}

/** The latest version of a stage, of all where none is given. @throws MlflowError where there is none */
export async function getLatest(
  context: CallContext,
  models: RegisteredModelStore,
  name: string,
  stage: { readonly named: ModelStage; readonly written: string } | undefined,
): Promise<ShownVersion> {
  const found = await one(context, models, name, (model) =>
    stage === undefined ? versionNumbers(model).at(-1) : latestVersions(model).get(stage.named),
  );
  if (found !== undefined) return found;
  const which = stage === undefined ? '' : ` and stage '${stage.written}'`;
  throw new MlflowError('INTERNAL_ERROR', brief`No versions of model with name '${name}'${which} found`);
}

async function one(
  context: CallContext,
  models: RegisteredModelStore,
  name: string,
  number: (model: RegisteredModel) => number | undefined,
): Promise<ShownVersion | undefined> {
  const wanted: VersionsWanted = (model) => {
    const chosen = number(model);
    return chosen === undefined ? [] : [chosen];
  };
  const found = await models.get(context, name, wanted);
  if (found === undefined) throw noSuchModel(name);
  const [version] = found.versions.values();
  return version && { model: found.model, version };
}
