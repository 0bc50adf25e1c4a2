import type { Handler } from '../../handler.ts';
import { EmptyResponse } from '../../wire/messages/empty.ts';
import { DeleteRegisteredModelTag } from '../../wire/messages/registered-models.ts';
import { readMessage, required, string } from '../../wire/read.ts';
import { reply } from '../../wire/reply.ts';

export const deleteTag: Handler<'registeredModels.deleteTag'> = async (call, { registeredModels }) => {
  const { name = '', key = '' } = readMessage(call, DeleteRegisteredModelTag, {
    name: [string, required],
    key: [string, required],
  });
  await registeredModels.deleteTag(call.context, name, key);
  return reply(EmptyResponse, {});
};
