import type { Handler } from '../../handler.ts';
import { modelVersionMessage } from '../../wire/answers/registered-model.ts';
import { ModelVersionResponse } from '../../wire/messages/model-versions.ts';
import { NamedRegisteredModelAlias } from '../../wire/messages/registered-models.ts';
import { readMessage, required, string } from '../../wire/read.ts';
import { reply } from '../../wire/reply.ts';

export const getByAlias: Handler<'registeredModels.getByAlias'> = async (call, { registeredModels }) => {
  const { name = '', alias = '' } = readMessage(call, NamedRegisteredModelAlias, {
    name: [string, required],
    alias: [string, required],
  });
  const { model, version } = await registeredModels.getByAlias(call.context, name, alias);
  return reply(ModelVersionResponse, { model_version: modelVersionMessage(model, version, 'with aliases') });
};
