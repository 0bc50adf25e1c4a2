import type { Handler } from '../../handler.ts';
import { runMessage } from '../../wire/answers/run.ts';
import { GetRun, RunResponse } from '../../wire/messages/runs.ts';
import { readMessage, required, string } from '../../wire/read.ts';
import { reply } from '../../wire/reply.ts';

export const get: Handler<'runs.get'> = async (call, { runs }) => {
  const request = readMessage(call, GetRun, { run_id: [required, string] });
  return reply(RunResponse, {
    run: runMessage(await runs.get(call.context, request.run_id || (request.run_uuid ?? ''))),
  });
};
