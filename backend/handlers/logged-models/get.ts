import type { Handler } from '../../handler.ts';
import { loggedModelMessage } from '../../wire/answers/logged-model.ts';
import { LoggedModelResponse } from '../../wire/messages/logged-models.ts';
import { reply } from '../../wire/reply.ts';
import { modelIdOf } from './model-id-of.ts';

export const get: Handler<'loggedModels.get'> = async (call, { loggedModels }) => {
  const allowDeleted = call.query.get('allow_deleted')?.toLowerCase() === 'true';
  const model = await loggedModels.get(call.context, modelIdOf(call), { allowDeleted });
  return reply(LoggedModelResponse, { model: loggedModelMessage(model) });
};
