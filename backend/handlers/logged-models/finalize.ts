import type { Handler } from '../../handler.ts';
import { loggedModelMessage, loggedModelStatus } from '../../wire/answers/logged-model.ts';
import { FinalizeLoggedModel, LoggedModelResponse } from '../../wire/messages/logged-models.ts';
import { intlike, readMessage, required, string } from '../../wire/read.ts';
import { reply } from '../../wire/reply.ts';

/** The model is the one that the body names, as on MLflow's server, whatever the path says. */
export const finalize: Handler<'loggedModels.finalize'> = async (call, { loggedModels }) => {
  const request = readMessage(call, FinalizeLoggedModel, {
    model_id: [string, required],
    status: [intlike, required],
  });
  const status = loggedModelStatus(request.status ?? 'LOGGED_MODEL_STATUS_UNSPECIFIED');
  const model = await loggedModels.finalize(call.context, request.model_id ?? '', status);
  return reply(LoggedModelResponse, { model: loggedModelMessage(model) });
};
