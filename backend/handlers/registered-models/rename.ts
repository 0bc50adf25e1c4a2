import type { Handler } from '../../handler.ts';
import { registeredModelMessage } from '../../wire/answers/registered-model.ts';
import { RegisteredModelResponse, RenameRegisteredModel } from '../../wire/messages/registered-models.ts';
import { readMessage, required, string } from '../../wire/read.ts';
import { reply } from '../../wire/reply.ts';

export const rename: Handler<'registeredModels.rename'> = async (call, { registeredModels }) => {
  const { name = '', new_name: newName = '' } = readMessage(call, RenameRegisteredModel, {
    name: [string, required],
    new_name: [string, required],
  });
  const { model, versions } = await registeredModels.rename(call.context, name, newName);
  return reply(RegisteredModelResponse, { registered_model: registeredModelMessage(model, versions) });
};
