import type { ModelVersion, RegisteredModel } from '../../entities/registered-model.ts';
import { aliasesOf, lastUpdatedTime, stageOf } from '../../entities/registered-model.ts';
import type { MessageOf } from '../message.ts';
import type { ModelVersion as ModelVersionMessage } from '../messages/model-versions.ts';
import type { RegisteredModel as RegisteredModelMessage } from '../messages/registered-models.ts';
import { pairs } from './pairs.ts';

/** A registered model as answers show it, with the versions given as its latest. */
export function registeredModelMessage(
  model: RegisteredModel,
  latest: readonly ModelVersion[],
): MessageOf<typeof RegisteredModelMessage> {
  return {
    name: model.name,
    creation_timestamp: model.creationTime,
    last_updated_timestamp: model.lastUpdatedTime,
    description: model.description === '' ? undefined : model.description,
    latest_versions: latest.map((version) => modelVersionMessage(model, version, 'without aliases')),
    tags: pairs(model.tags),
    aliases: Array.from(model.aliases, ([alias, version]) => ({ alias, version: String(version) })),
  };
}

/** A version as answers show it. Where it comes with others, MLflow's server leaves its aliases out. */
export function modelVersionMessage(
  model: RegisteredModel,
  version: ModelVersion,
  aliases: 'with aliases' | 'without aliases',
): MessageOf<typeof ModelVersionMessage> {
  return {
    name: model.name,
    version: String(version.version),
    creation_timestamp: version.creationTime,
    last_updated_timestamp: lastUpdatedTime(model, version),
    current_stage: stageOf(model, version.version),
    description: version.description,
    source: version.source,
    run_id: version.runId,
    status: 'READY',
    tags: pairs(version.tags),
    run_link: version.runLink,
    aliases: aliases === 'with aliases' ? aliasesOf(model, version.version) : [],
  };
}
