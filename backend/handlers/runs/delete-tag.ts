import type { Handler } from '../../handler.ts';
import { EmptyResponse } from '../../wire/messages/empty.ts';
import { DeleteTag } from '../../wire/messages/runs.ts';
import { readMessage, required, string } from '../../wire/read.ts';
import { reply } from '../../wire/reply.ts';

export const deleteTag: Handler<'runs.deleteTag'> = async (call, { runs }) => {
  const { run_id = '', key = '' } = readMessage(call, DeleteTag, {
    run_id: [required, string],
    key: [required, string],
  });
  await runs.deleteTag(call.context, run_id, key);
  return reply(EmptyResponse, {});
};
