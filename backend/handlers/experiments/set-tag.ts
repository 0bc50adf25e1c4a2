import type { Handler } from '../../handler.ts';
import { EmptyResponse } from '../../wire/messages/empty.ts';
import { SetExperimentTag } from '../../wire/messages/experiments.ts';
import { readMessage, required, string } from '../../wire/read.ts';
import { reply } from '../../wire/reply.ts';

export const setTag: Handler<'experiments.setTag'> = async (call, { experiments }) => {
  const {
    experiment_id = '',
    key = '',
    value = '',
  } = readMessage(call, SetExperimentTag, {
    experiment_id: [required, string],
    key: [required, string],
    value: [string],
  });
  await experiments.setTag(call.context, experiment_id, { key, value });
  return reply(EmptyResponse, {});
};
