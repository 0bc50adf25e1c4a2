import type { CallContext } from '../../call-context.ts';
import { brief } from '../../brief.ts';
import { MlflowError, invalidParameter } from '../../errors.ts';
import { isPrompt } from '../../entities/registered-model.ts';
import { notBefore } from '../../entities/time.ts';
import type { RegisteredModelStore, RunStore } from '../../stores/contract/index.ts';
import { noSuchLoggedModel } from '../logged-models.ts';
import { checkHostScheme } from '../validation/artifact-location.ts';
import { checkLength } from '../validation/length.ts';
import { limits } from '../validation/limits.ts';
import type { Rules } from '../validation/rules.ts';
import { checkModelName, checkRegistryTag, noSuchModel, tagMap } from './checks.ts';
import type { ResolvedSource } from './copy.ts';
import { resolveSource } from './copy.ts';
import { parseModelUri } from './model-uri.ts';
import type { NewVersionRequest, ShownVersion } from './service.ts';
import type { SourceModel, SourceModels } from './source-models.ts';
import { checkSource } from './source.ts';

export interface VersionMaker {
  readonly models: RegisteredModelStore;
  readonly runs: Pick<RunStore, 'get'>;
  readonly sourceModels: SourceModels;
  readonly rules: Rules;
  /** ms since 1970 */
  readonly now: () => number;
}

/** What MLflow's clients give as the source of a prompt's version, which has none. */
const promptSources = ['dummy-source', 'prompt-template'];

/** Checks in the order of MLflow's server, then makes the version. @throws MlflowError */
export async function createVersion(
  context: CallContext,
  maker: VersionMaker,
  request: NewVersionRequest,
): Promise<ShownVersion> {
  const { models, sourceModels, rules, now } = maker;
  const { name, runLink, description } = request;
  checkLength('source', request.source, limits.versionSource);
  const tags = tagMap(request.tags);
  const forPrompt = isPrompt(tags);
  if (forPrompt && !promptSources.includes(request.source)) {
    throw invalidParameter(
      brief`Invalid prompt source: '${request.source}'. Prompt sources must use an MLflow placeholder.`,
    );
  }
  checkHostScheme(request.source, 'source', rules);
  const modelId = request.modelId ?? '';
  const resolved = forPrompt
    ? { source: request.source, runId: request.runId ?? '' }
    : await checkedSource(context, maker, request, modelId);
  checkModelName(name);
  for (const tag of request.tags) checkRegistryTag(tag, 'version');
  const { source, runId, storageLocation } = await withModel(context, sourceModels, resolved, modelId);

  const created = await models.update(context, name, ({ creationTime }) => {
    const time = notBefore(creationTime, now());
    const version = { creationTime: time, lastUpdatedTime: time, description, source, runId, runLink, tags };
    return { lastUpdatedTime: time, addVersion: { ...version, storageLocation: storageLocation ?? source } };
  });
  if (created === undefined || created === 'name taken') throw noSuchModel(name);
  const version = [...created.versions.values()].at(-1);
  if (version === undefined) throw new RangeError('a version was added and is not there');
  if (!forPrompt && modelId !== '')
    await sourceModels.noteVersion(context, modelId, { name, version: version.version });
  return { model: created.model, version };
}

async function checkedSource(
  context: CallContext,
  { models, runs, sourceModels }: VersionMaker,
  request: NewVersionRequest,
  modelId: string,
): Promise<ResolvedSource> {
  const resolved = await resolveSource(context, models, request);
  const { source, runId } = resolved;
  if (modelId !== '') {
    const root = async (): Promise<string | undefined> => (await sourceModels.get(context, modelId))?.artifactUri;
    await checkSource(source, { parameter: 'model_id', id: modelId, root });
  } else {
    const root = async (): Promise<string | undefined> => (await runs.get(context, runId, {}))?.info.artifactUri;
    await checkSource(source, { parameter: 'run_id', id: runId, root });
  }
  return resolved;
}

/** What a logged model adds: its files where it is the source itself, and its run where none is named. */
async function withModel(
  context: CallContext,
  sourceModels: SourceModels,
  resolved: ResolvedSource,
  modelId: string,
): Promise<ResolvedSource> {
  const uri = parseModelUri(resolved.source);
  const sourceId = uri !== undefined && 'modelId' in uri ? uri.modelId : undefined;
  let { runId, storageLocation } = resolved;
  if (sourceId !== undefined) {
    const model = await sourceModels.get(context, sourceId);
    if (model === undefined) {
      throw new MlflowError(
        'INTERNAL_ERROR',
        brief`Unable to fetch model from model URI source artifact location '${resolved.source}'.` +
          brief`Error: ${noSuchLoggedModel(sourceId).message}`,
      );
    }
    storageLocation = model.artifactUri;
    runId ||= model.sourceRunId;
  }
  if (modelId !== '') {
    const { sourceRunId } = await required(context, sourceModels, modelId);
    runId ||= sourceRunId;
  }
  return { source: resolved.source, runId, storageLocation };
}

async function required(context: CallContext, sourceModels: SourceModels, modelId: string): Promise<SourceModel> {
  const model = await sourceModels.get(context, modelId);
  if (model === undefined) throw noSuchLoggedModel(modelId);
  return model;
}
