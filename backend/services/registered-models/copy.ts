import type { CallContext } from '../../call-context.ts';
import { isPrompt } from '../../entities/registered-model.ts';
import type { RegisteredModelStore } from '../../stores/contract/index.ts';
import { noVersions } from '../../stores/contract/index.ts';
import { splitUri } from '../validation/uri.ts';
import { checkAlias, checkModelName, isLatest, noSuchModel, stageNamed, versionNumber } from './checks.ts';
import { getByAlias, getLatest, getVersion } from './lookup.ts';
import type { ModelUri } from './model-uri.ts';
import { parseModelUri } from './model-uri.ts';
import type { NewVersionRequest, ShownVersion } from './service.ts';
import { invalid, notOf } from './source.ts';

/** A source, resolved where it names another version: that version's number, its run, and where its files are. */
export interface ResolvedSource {
  readonly source: string;
  /** '' where there is none. */
  readonly runId: string;
  /** Undefined where the source itself says it. */
  readonly storageLocation?: string | undefined;
}

/** @throws MlflowError where the source names a version that is not there, is a prompt's, or has another run */
export async function resolveSource(
  context: CallContext,
  models: RegisteredModelStore,
  { source, runId, modelId }: NewVersionRequest,
): Promise<ResolvedSource> {
  const asItIs = { source, runId: runId ?? '' };
  const { scheme, authority } = splitUri(source);
  if (scheme !== 'models') return asItIs;
  if (authority !== '') throw invalid(source, 'Registered model sources must use the active model registry.');
  const uri = parseModelUri(source);
  if (uri === undefined) throw notOf(source, 'model_id');
  if ('modelId' in uri) return asItIs;
  const { model, version } = await original(context, models, source, uri);
  if ((runId !== undefined && runId !== version.runId) || (modelId ?? '') !== '') {
    throw invalid(source, 'The run_id and model_id request parameters must match the referenced model version.');
  }
  const { storageLocation } = version;
  return { source: `models:/${model.name}/${version.version}`, runId: version.runId, storageLocation };
}

async function original(
  context: CallContext,
  models: RegisteredModelStore,
  source: string,
  uri: Exclude<ModelUri, { modelId: string }>,
): Promise<ShownVersion> {
  const { name } = uri;
  checkModelName(name);
  const found = await models.get(context, name, noVersions);
  if (found === undefined) throw noSuchModel(name);
  if (isPrompt(found.model.tags)) throw invalid(source, 'Prompt versions cannot be used as model version sources.');
  if ('version' in uri) return getVersion(context, models, name, versionNumber(uri));
  if ('alias' in uri) {
    checkAlias(uri.alias);
    return getByAlias(context, models, name, isLatest(uri.alias) ? { latest: true } : { alias: uri.alias });
  }
  return getLatest(
    context,
    models,
    name,
    'stage' in uri ? { named: stageNamed(uri.stage), written: uri.stage } : undefined,
  );
}
