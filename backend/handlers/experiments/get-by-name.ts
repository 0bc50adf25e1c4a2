import type { Handler } from '../../handler.ts';
import { experimentMessage } from '../../wire/answers/experiment.ts';
import { GetExperimentByName, GetExperimentResponse } from '../../wire/messages/experiments.ts';
import { readMessage, required, string } from '../../wire/read.ts';
import { reply } from '../../wire/reply.ts';

export const getByName: Handler<'experiments.getByName'> = async (call, { experiments }) => {
  const request = readMessage(call, GetExperimentByName, { experiment_name: [required, string] });
  const experiment = await experiments.getByName(call.context, request.experiment_name ?? '');
  return reply(GetExperimentResponse, { experiment: experimentMessage(experiment) });
};
