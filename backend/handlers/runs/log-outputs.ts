import type { Handler } from '../../handler.ts';
import { EmptyResponse } from '../../wire/messages/empty.ts';
import { LogOutputs } from '../../wire/messages/runs.ts';
import { array, readMessage, required, string } from '../../wire/read.ts';
import { reply } from '../../wire/reply.ts';

export const logOutputs: Handler<'runs.logOutputs'> = async (call, { runs }) => {
  const { run_id = '', models = [] } = readMessage(call, LogOutputs, {
    run_id: [required, string],
    models: [required, array],
  });
  await runs.logOutputs(
    call.context,
    run_id,
    models.map(({ model_id: modelId = '', step = 0 }) => ({ modelId, step })),
  );
  return reply(EmptyResponse, {});
};
