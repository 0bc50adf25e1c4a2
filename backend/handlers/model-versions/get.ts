import type { Handler } from '../../handler.ts';
import { modelVersionMessage } from '../../wire/answers/registered-model.ts';
import { ModelVersionResponse, NamedModelVersion } from '../../wire/messages/model-versions.ts';
import { readMessage, required, string } from '../../wire/read.ts';
import { reply } from '../../wire/reply.ts';

export const get: Handler<'modelVersions.get'> = async (call, { modelVersions }) => {
  const { name = '', version: number = '' } = readMessage(call, NamedModelVersion, {
    name: [string, required],
    version: [string, required],
  });
  const { model, version } = await modelVersions.get(call.context, { name, version: number });
  return reply(ModelVersionResponse, { model_version: modelVersionMessage(model, version, 'with aliases') });
};
