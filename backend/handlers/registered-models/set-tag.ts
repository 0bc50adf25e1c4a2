import type { Handler } from '../../handler.ts';
import { EmptyResponse } from '../../wire/messages/empty.ts';
import { SetRegisteredModelTag } from '../../wire/messages/registered-models.ts';
import { readMessage, required, string } from '../../wire/read.ts';
import { reply } from '../../wire/reply.ts';

export const setTag: Handler<'registeredModels.setTag'> = async (call, { registeredModels }) => {
  const {
    name = '',
    key = '',
    value = '',
  } = readMessage(call, SetRegisteredModelTag, {
    name: [string, required],
    key: [string, required],
    value: [string],
  });
  await registeredModels.setTag(call.context, name, { key, value });
  return reply(EmptyResponse, {});
};
