import { randomUUID } from 'node:crypto';
import type { CallContext } from '../../call-context.ts';
import { brief } from '../../brief.ts';
import { MlflowError, doesNotExist, invalidParameter } from '../../errors.ts';
import type { LoggedModel, LoggedModelInfo } from '../../entities/logged-model.ts';
import { inKeyOrder } from '../../entities/order.ts';
import { notBefore } from '../../entities/time.ts';
import { pythonTuple } from '../../search/python-text.ts';
import type { LoggedModelPatch, Store } from '../../stores/contract/index.ts';
import { shownRepr } from '../../wire/json/repr.ts';
import { checkActive, noSuchExperiment } from '../experiments.ts';
import { randomRunName } from '../runs/random-name.ts';
import { parseExperimentId } from '../validation/ids.ts';
import { appendToUri } from '../validation/uri.ts';
import type { LoggedModelService, NewLoggedModelRequest } from './service.ts';

/** Below an experiment's artifact location, beside the folders of its runs. */
const modelsFolder = 'models';

const randomModelId = (): string => `m-${randomUUID().replaceAll('-', '')}`;

export interface LoggedModelServiceOptions {
  /** The clock, in ms since 1970. */
  readonly now?: () => number;
  /** Draws a model id that no other model has: `m-` and 32 hexadecimal digits. */
  readonly newModelId?: () => string;
}

export function createLoggedModelService(
  { experiments, loggedModels }: Pick<Store, 'experiments' | 'loggedModels'>,
  { now = Date.now, newModelId = randomModelId }: LoggedModelServiceOptions = {},
): LoggedModelService {
  async function update(
    context: CallContext,
    modelId: string,
    decide: (current: LoggedModelInfo) => LoggedModelPatch,
  ): Promise<void> {
    if ((await loggedModels.update(context, modelId, decide)) === undefined) throw noSuchLoggedModel(modelId);
  }

  async function get(context: CallContext, modelId: string): Promise<LoggedModel> {
    const model = await loggedModels.get(context, modelId, 'all');
    if (model === undefined) throw noSuchLoggedModel(modelId);
    return model;
  }

  return {
    async create(context, request) {
      checkModelName(request.name);
      const experimentId = parseExperimentId(request.experimentId);
      const experiment = await experiments.get(context, experimentId);
      if (experiment === undefined) throw noSuchExperiment(experimentId);
      checkActive(experiment);
      const modelId = newModelId();
      const time = now();
      const info: LoggedModelInfo = {
        modelId,
        experimentId,
        name: request.name || randomRunName(),
        artifactUri: appendToUri(experiment.artifactLocation, modelsFolder, modelId, 'artifacts'),
        creationTime: time,
        lastUpdateTime: time,
        status: 'PENDING',
        stage: 'active',
        modelType: request.modelType,
        sourceRunId: request.sourceRunId,
        ...newMaps(request),
      };
      await loggedModels.create(context, info);
      return { info, metrics: [] };
    },

    async get(context, modelId, { allowDeleted = false } = {}) {
      const model = await get(context, modelId);
      if (model.info.stage === 'deleted' && !allowDeleted) throw noSuchLoggedModel(modelId);
      return model;
    },

    async finalize(context, modelId, status) {
      await update(context, modelId, ({ creationTime }) => ({
        info: { status, lastUpdateTime: notBefore(creationTime, now()) },
      }));
      return get(context, modelId);
    },

    delete: (context, modelId) =>
      update(context, modelId, ({ creationTime }) => ({
        info: { stage: 'deleted', lastUpdateTime: notBefore(creationTime, now()) },
      })),

    async logParams(context, modelId, params) {
      await update(context, modelId, (current) => {
        const setParams = distinct(params, 'param');
        const known = params.find(({ key }) => current.params.has(key));
        // MLflow's server answers with this code, and its database's words.
        if (known) throw new MlflowError('BAD_REQUEST', brief`The logged model has param '${known.key}' already.`);
        return { setParams };
      });
    },

    async setTags(context, modelId, tags) {
      await update(context, modelId, () => ({ setTags: new Map(tags.map(({ key, value }) => [key, value])) }));
    },

    async deleteTag(context, modelId, key) {
      await update(context, modelId, ({ tags }) => {
        if (tags.has(key)) return { deleteTags: [key] };
        throw doesNotExist(brief`No tag with key ${shownRepr(key)} found for model with ID ${shownRepr(modelId)}.`);
      });
    },
  };
}

export const noSuchLoggedModel = (modelId: string): MlflowError =>
  doesNotExist(brief`Logged model with ID '${modelId}' not found.`);

const badCharacters = ['/', ':', '.', '%', '"', "'"];

/** A model's name may stand in a `models:/` URI. */
function checkModelName(name: string): void {
  if (!badCharacters.some((character) => name.includes(character))) return;
  throw invalidParameter(
    brief`Invalid model name (${shownRepr(name)}) provided. Model name must be a non-empty string and cannot contain the ` +
      brief`following characters: ${pythonTuple(badCharacters)}`,
  );
}

function newMaps({ params, tags }: NewLoggedModelRequest): Pick<LoggedModelInfo, 'params' | 'tags'> {
  return { params: inKeyOrder(distinct(params, 'param')), tags: inKeyOrder(distinct(tags, 'tag')) };
}

function distinct(pairs: NewLoggedModelRequest['tags'], what: string): ReadonlyMap<string, string> {
  const map = new Map<string, string>();
  for (const { key, value } of pairs) {
    if (map.has(key)) throw new MlflowError('BAD_REQUEST', brief`The logged model has ${what} '${key}' twice.`);
    map.set(key, value);
  }
  return map;
}
