import type { Handler } from '../../handler.ts';
import { EmptyResponse } from '../../wire/messages/empty.ts';
import { SetTag } from '../../wire/messages/runs.ts';
import { readMessage, required, string } from '../../wire/read.ts';
import { reply } from '../../wire/reply.ts';

export const setTag: Handler<'runs.setTag'> = async (call, { runs }) => {
  const request = readMessage(call, SetTag, {
    run_id: [required, string],
    key: [required, string],
    value: [string],
  });
  const { key = '', value = '' } = request;
  await runs.setTag(call.context, request.run_id || (request.run_uuid ?? ''), { key, value });
  return reply(EmptyResponse, {});
};
