import type { Handler } from '../../handler.ts';
import { experimentMessage } from '../../wire/answers/experiment.ts';
import { GetExperiment, GetExperimentResponse } from '../../wire/messages/experiments.ts';
import { readMessage, required, string } from '../../wire/read.ts';
import { reply } from '../../wire/reply.ts';

export const get: Handler<'experiments.get'> = async (call, { experiments }) => {
  const request = readMessage(call, GetExperiment, { experiment_id: [required, string] });
  const experiment = await experiments.get(call.context, request.experiment_id ?? '');
  return reply(GetExperimentResponse, { experiment: experimentMessage(experiment) });
};
