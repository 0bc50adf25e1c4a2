import type { Handler } from '../../handler.ts';
import { EmptyResponse } from '../../wire/messages/empty.ts';
import { DeleteExperiment } from '../../wire/messages/experiments.ts';
import { readMessage, required, string } from '../../wire/read.ts';
import { reply } from '../../wire/reply.ts';

export const deleteExperiment: Handler<'experiments.delete'> = async (call, { experiments }) => {
  const request = readMessage(call, DeleteExperiment, { experiment_id: [required, string] });
  await experiments.delete(call.context, request.experiment_id ?? '');
  return reply(EmptyResponse, {});
};
