import type { Handler } from '../../handler.ts';
import { EmptyResponse } from '../../wire/messages/empty.ts';
import { reply } from '../../wire/reply.ts';
import { modelIdOf } from './model-id-of.ts';

export const deleteTag: Handler<'loggedModels.deleteTag'> = async (call, { loggedModels }) => {
  await loggedModels.deleteTag(call.context, modelIdOf(call), call.params['tag_key'] ?? '');
  return reply(EmptyResponse, {});
};
