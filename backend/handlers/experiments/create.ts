import type { Handler } from '../../handler.ts';
import { CreateExperiment, CreateExperimentResponse } from '../../wire/messages/experiments.ts';
import { array, readMessage, required, string } from '../../wire/read.ts';
import { reply } from '../../wire/reply.ts';
import { keyValues } from '../key-values.ts';

export const create: Handler<'experiments.create'> = async (call, { experiments }) => {
  const request = readMessage(call, CreateExperiment, {
    name: [required, string],
    artifact_location: [string],
    tags: [array],
  });
  const experimentId = await experiments.create(call.context, {
    name: request.name ?? '',
    artifactLocation: request.artifact_location,
    tags: keyValues(request.tags),
  });
  call.touch?.({ experiment_id: experimentId });
  return reply(CreateExperimentResponse, { experiment_id: experimentId });
};
