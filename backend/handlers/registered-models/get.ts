import type { Handler } from '../../handler.ts';
import { registeredModelMessage } from '../../wire/answers/registered-model.ts';
import { NamedRegisteredModel, RegisteredModelResponse } from '../../wire/messages/registered-models.ts';
import { readMessage, required, string } from '../../wire/read.ts';
import { reply } from '../../wire/reply.ts';

export const get: Handler<'registeredModels.get'> = async (call, { registeredModels }) => {
  const { name = '' } = readMessage(call, NamedRegisteredModel, { name: [string, required] });
  const { model, versions } = await registeredModels.get(call.context, name);
  return reply(RegisteredModelResponse, { registered_model: registeredModelMessage(model, versions) });
};
