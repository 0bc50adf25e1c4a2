import type { Handler } from '../../handler.ts';
import { EmptyResponse } from '../../wire/messages/empty.ts';
import { SetLoggedModelTags } from '../../wire/messages/logged-models.ts';
import { array, readMessage } from '../../wire/read.ts';
import { reply } from '../../wire/reply.ts';
import { keyValues } from '../key-values.ts';
import { modelIdOf } from './model-id-of.ts';

export const setTags: Handler<'loggedModels.setTags'> = async (call, { loggedModels }) => {
  const { tags } = readMessage(call, SetLoggedModelTags, { tags: [array] });
  await loggedModels.setTags(call.context, modelIdOf(call), keyValues(tags));
  return reply(EmptyResponse, {});
};
