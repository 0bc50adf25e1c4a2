import type { Handler } from '../../handler.ts';
import { EmptyResponse } from '../../wire/messages/empty.ts';
import { UpdateExperiment } from '../../wire/messages/experiments.ts';
import { readMessage, required, string } from '../../wire/read.ts';
import { reply } from '../../wire/reply.ts';

export const update: Handler<'experiments.update'> = async (call, { experiments }) => {
  const request = readMessage(call, UpdateExperiment, {
    experiment_id: [required, string],
    new_name: [string, required],
  });
  if (request.new_name) await experiments.rename(call.context, request.experiment_id ?? '', request.new_name);
  return reply(EmptyResponse, {});
};
