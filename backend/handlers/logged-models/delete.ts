import type { Handler } from '../../handler.ts';
import { EmptyResponse } from '../../wire/messages/empty.ts';
import { reply } from '../../wire/reply.ts';
import { modelIdOf } from './model-id-of.ts';

export const deleteLoggedModel: Handler<'loggedModels.delete'> = async (call, { loggedModels }) => {
  await loggedModels.delete(call.context, modelIdOf(call));
  return reply(EmptyResponse, {});
};
