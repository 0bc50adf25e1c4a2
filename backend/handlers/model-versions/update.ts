import type { Handler } from '../../handler.ts';
import { modelVersionMessage } from '../../wire/answers/registered-model.ts';
import { ModelVersionResponse, UpdateModelVersion } from '../../wire/messages/model-versions.ts';
import { readMessage, required, string } from '../../wire/read.ts';
import { reply } from '../../wire/reply.ts';

export const update: Handler<'modelVersions.update'> = async (call, { modelVersions }) => {
  const request = readMessage(call, UpdateModelVersion, {
    name: [string, required],
    version: [string, required],
    description: [string],
  });
  const named = { name: request.name ?? '', version: request.version ?? '' };
  const { model, version } = await modelVersions.describe(call.context, named, request.description);
  return reply(ModelVersionResponse, { model_version: modelVersionMessage(model, version, 'with aliases') });
};
