import type { Handler } from '../../handler.ts';
import { EmptyResponse } from '../../wire/messages/empty.ts';
import { LogLoggedModelParams } from '../../wire/messages/logged-models.ts';
import { array, readMessage, required, string } from '../../wire/read.ts';
import { reply } from '../../wire/reply.ts';
import { keyValues } from '../key-values.ts';
import { modelIdOf } from './model-id-of.ts';

/** The body must name a model, but the path decides which one it is. */
export const logParams: Handler<'loggedModels.logParams'> = async (call, { loggedModels }) => {
  const { params } = readMessage(call, LogLoggedModelParams, { model_id: [string, required], params: [array] });
  await loggedModels.logParams(call.context, modelIdOf(call), keyValues(params));
  return reply(EmptyResponse, {});
};
