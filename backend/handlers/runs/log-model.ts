import type { Handler } from '../../handler.ts';
import { EmptyResponse } from '../../wire/messages/empty.ts';
import { LogModel } from '../../wire/messages/runs.ts';
import { readMessage, required, string } from '../../wire/read.ts';
import { reply } from '../../wire/reply.ts';

export const logModel: Handler<'runs.logModel'> = async (call, { runs }) => {
  const { run_id = '', model_json = '' } = readMessage(call, LogModel, {
    run_id: [string, required],
    model_json: [string, required],
  });
  await runs.logModel(call.context, run_id, model_json);
  return reply(EmptyResponse, {});
};
