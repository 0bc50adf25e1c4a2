import type { Handler } from '../../handler.ts';
import { loggedModelMessage } from '../../wire/answers/logged-model.ts';
import { CreateLoggedModel, LoggedModelResponse } from '../../wire/messages/logged-models.ts';
import { array, readMessage, required, string } from '../../wire/read.ts';
import { reply } from '../../wire/reply.ts';
import { keyValues } from '../key-values.ts';

export const create: Handler<'loggedModels.create'> = async (call, { loggedModels }) => {
  const request = readMessage(call, CreateLoggedModel, {
    experiment_id: [string, required],
    name: [string],
    model_type: [string],
    source_run_id: [string],
    params: [array],
    tags: [array],
  });
  const model = await loggedModels.create(call.context, {
    experimentId: request.experiment_id ?? '',
    name: request.name ?? '',
    modelType: request.model_type ?? '',
    sourceRunId: request.source_run_id ?? '',
    params: keyValues(request.params),
    tags: keyValues(request.tags),
  });
  return reply(LoggedModelResponse, { model: loggedModelMessage(model) });
};
