import type { Handler } from '../../handler.ts';
import { runMessage } from '../../wire/answers/run.ts';
import { CreateRun, RunResponse } from '../../wire/messages/runs.ts';
import { intlike, readMessage, string } from '../../wire/read.ts';
import { reply } from '../../wire/reply.ts';
import { keyValues } from '../key-values.ts';

export const create: Handler<'runs.create'> = async (call, { runs }) => {
  const request = readMessage(call, CreateRun, {
    experiment_id: [string],
    start_time: [intlike],
    run_name: [string],
  });
  const view = await runs.create(call.context, {
    experimentId: request.experiment_id ?? '',
    // What the client says is kept, for MLflow's client always says who; else it is whom the gateway has verified.
    userId: request.user_id || (call.context.caller.user ?? ''),
    runName: request.run_name ?? '',
    startTime: request.start_time ?? 0,
    tags: keyValues(request.tags),
  });
  call.touch?.({ run_id: view.run.info.runId });
  // Unlike a run that is read, a new one is answered without outputs.
  return reply(RunResponse, { run: { ...runMessage(view), outputs: undefined } });
};
