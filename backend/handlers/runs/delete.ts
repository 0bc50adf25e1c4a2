import type { Handler } from '../../handler.ts';
import { EmptyResponse } from '../../wire/messages/empty.ts';
import { DeleteRun } from '../../wire/messages/runs.ts';
import { readMessage, required, string } from '../../wire/read.ts';
import { reply } from '../../wire/reply.ts';

export const deleteRun: Handler<'runs.delete'> = async (call, { runs }) => {
  const request = readMessage(call, DeleteRun, { run_id: [required, string] });
  await runs.delete(call.context, request.run_id ?? '');
  return reply(EmptyResponse, {});
};
