import type { Handler } from '../../handler.ts';
import { registeredModelMessage } from '../../wire/answers/registered-model.ts';
import { CreateRegisteredModel, RegisteredModelResponse } from '../../wire/messages/registered-models.ts';
import { array, readMessage, required, string } from '../../wire/read.ts';
import { reply } from '../../wire/reply.ts';
import { keyValues } from '../key-values.ts';

export const create: Handler<'registeredModels.create'> = async (call, { registeredModels }) => {
  const request = readMessage(call, CreateRegisteredModel, {
    name: [string, required],
    tags: [array],
    description: [string],
  });
  const { name = '', description = '' } = request;
  const model = await registeredModels.create(call.context, { name, description, tags: keyValues(request.tags) });
  return reply(RegisteredModelResponse, { registered_model: registeredModelMessage(model, []) });
};
