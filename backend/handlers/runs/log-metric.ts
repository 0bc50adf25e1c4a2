import type { Handler } from '../../handler.ts';
import { EmptyResponse } from '../../wire/messages/empty.ts';
import { LogMetric } from '../../wire/messages/runs.ts';
import { floatlike, intlike, readMessage, required, string } from '../../wire/read.ts';
import { reply } from '../../wire/reply.ts';
import { loggedPoint } from './logged-point.ts';

export const logMetric: Handler<'runs.logMetric'> = async (call, { runs }) => {
  const request = readMessage(call, LogMetric, {
    run_id: [required, string],
    key: [required, string],
    value: [required, floatlike],
    timestamp: [intlike, required],
    step: [intlike],
    model_id: [string],
    dataset_name: [string],
    dataset_digest: [string],
  });
  await runs.logMetric(call.context, request.run_id || (request.run_uuid ?? ''), loggedPoint(request));
  return reply(EmptyResponse, {});
};
