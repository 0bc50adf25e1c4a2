import type { Handler } from '../../handler.ts';
import { runInfoMessage } from '../../wire/answers/run.ts';
import { UpdateRun, UpdateRunResponse } from '../../wire/messages/runs.ts';
import { intlike, readMessage, required, string } from '../../wire/read.ts';
import { reply } from '../../wire/reply.ts';

export const update: Handler<'runs.update'> = async (call, { runs }) => {
  const request = readMessage(call, UpdateRun, {
    run_id: [required, string],
    end_time: [intlike],
    status: [string],
    run_name: [string],
  });
  const { info, stage } = await runs.update(call.context, request.run_id || (request.run_uuid ?? ''), {
    status: request.status,
    endTime: request.end_time,
    runName: request.run_name,
  });
  return reply(UpdateRunResponse, { run_info: runInfoMessage(info, stage) });
};
