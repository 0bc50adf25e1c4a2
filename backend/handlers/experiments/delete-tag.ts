import type { Handler } from '../../handler.ts';
import { EmptyResponse } from '../../wire/messages/empty.ts';
import { DeleteExperimentTag } from '../../wire/messages/experiments.ts';
import { readMessage, required, string } from '../../wire/read.ts';
import { reply } from '../../wire/reply.ts';

export const deleteTag: Handler<'experiments.deleteTag'> = async (call, { experiments }) => {
  const { experiment_id = '', key = '' } = readMessage(call, DeleteExperimentTag, {
    experiment_id: [required, string],
    key: [required, string],
  });
  await experiments.deleteTag(call.context, experiment_id, key);
  return reply(EmptyResponse, {});
};
