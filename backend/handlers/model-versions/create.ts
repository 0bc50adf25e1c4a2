import type { Handler } from '../../handler.ts';
import { modelVersionMessage } from '../../wire/answers/registered-model.ts';
import { CreateModelVersion, ModelVersionResponse } from '../../wire/messages/model-versions.ts';
import { array, readMessage, required, string } from '../../wire/read.ts';
import { reply } from '../../wire/reply.ts';
import { keyValues } from '../key-values.ts';

export const create: Handler<'modelVersions.create'> = async (call, { modelVersions }) => {
  const request = readMessage(call, CreateModelVersion, {
    name: [string, required],
    source: [string, required],
    run_id: [string],
    tags: [array],
    run_link: [string],
    description: [string],
    model_id: [string],
  });
  const { name = '', source = '', run_link: runLink = '', description = '' } = request;
  const { model, version } = await modelVersions.create(call.context, {
    ...{ name, source, runLink, description },
    runId: request.run_id,
    modelId: request.model_id,
    tags: keyValues(request.tags),
  });
  return reply(ModelVersionResponse, { model_version: modelVersionMessage(model, version, 'with aliases') });
};
