import type { Handler } from '../../handler.ts';
import { EmptyResponse } from '../../wire/messages/empty.ts';
import { RestoreRun } from '../../wire/messages/runs.ts';
import { readMessage, required, string } from '../../wire/read.ts';
import { reply } from '../../wire/reply.ts';

export const restoreRun: Handler<'runs.restore'> = async (call, { runs }) => {
  const request = readMessage(call, RestoreRun, { run_id: [required, string] });
  await runs.restore(call.context, request.run_id ?? '');
  return reply(EmptyResponse, {});
};
