import type { Handler } from '../../handler.ts';
import { EmptyResponse } from '../../wire/messages/empty.ts';
import { SetRegisteredModelAlias } from '../../wire/messages/registered-models.ts';
import { readMessage, required, string } from '../../wire/read.ts';
import { reply } from '../../wire/reply.ts';

export const setAlias: Handler<'registeredModels.setAlias'> = async (call, { registeredModels }) => {
  const {
    name = '',
    alias = '',
    version = '',
  } = readMessage(call, SetRegisteredModelAlias, {
    name: [string, required],
    alias: [string, required],
    version: [string, required],
  });
  await registeredModels.setAlias(call.context, name, alias, version);
  return reply(EmptyResponse, {});
};
