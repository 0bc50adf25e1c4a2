import type { Handler } from '../../handler.ts';
import { EmptyResponse } from '../../wire/messages/empty.ts';
import { NamedRegisteredModelAlias } from '../../wire/messages/registered-models.ts';
import { readMessage, required, string } from '../../wire/read.ts';
import { reply } from '../../wire/reply.ts';

export const deleteAlias: Handler<'registeredModels.deleteAlias'> = async (call, { registeredModels }) => {
  const { name = '', alias = '' } = readMessage(call, NamedRegisteredModelAlias, {
    name: [string, required],
    alias: [string, required],
  });
  await registeredModels.deleteAlias(call.context, name, alias);
  return reply(EmptyResponse, {});
};
