import type { Handler } from '../../handler.ts';
import { EmptyResponse } from '../../wire/messages/empty.ts';
import { NamedRegisteredModel } from '../../wire/messages/registered-models.ts';
import { readMessage, required, string } from '../../wire/read.ts';
import { reply } from '../../wire/reply.ts';

export const deleteModel: Handler<'registeredModels.delete'> = async (call, { registeredModels }) => {
  const { name = '' } = readMessage(call, NamedRegisteredModel, { name: [string, required] });
  await registeredModels.delete(call.context, name);
  return reply(EmptyResponse, {});
};
