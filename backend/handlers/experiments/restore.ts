import type { Handler } from '../../handler.ts';
import { EmptyResponse } from '../../wire/messages/empty.ts';
import { RestoreExperiment } from '../../wire/messages/experiments.ts';
import { readMessage, required, string } from '../../wire/read.ts';
import { reply } from '../../wire/reply.ts';

export const restoreExperiment: Handler<'experiments.restore'> = async (call, { experiments }) => {
  const request = readMessage(call, RestoreExperiment, { experiment_id: [required, string] });
  await experiments.restore(call.context, request.experiment_id ?? '');
  return reply(EmptyResponse, {});
};
