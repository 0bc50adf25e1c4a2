import type { Handler } from '../../handler.ts';
import { registeredModelMessage } from '../../wire/answers/registered-model.ts';
import { RegisteredModelResponse, UpdateRegisteredModel } from '../../wire/messages/registered-models.ts';
import { readMessage, required, string } from '../../wire/read.ts';
import { reply } from '../../wire/reply.ts';

export const update: Handler<'registeredModels.update'> = async (call, { registeredModels }) => {
  const { name = '', description = '' } = readMessage(call, UpdateRegisteredModel, {
    name: [string, required],
    description: [string],
  });
  const { model, versions } = await registeredModels.describe(call.context, name, description);
  return reply(RegisteredModelResponse, { registered_model: registeredModelMessage(model, versions) });
};
