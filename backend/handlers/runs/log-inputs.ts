import type { Handler } from '../../handler.ts';
import type { LoggedDataset } from '../../services/runs.ts';
import { EmptyResponse } from '../../wire/messages/empty.ts';
import type { DatasetInput } from '../../wire/messages/runs.ts';
import { LogInputs } from '../../wire/messages/runs.ts';
import type { MessageOf } from '../../wire/message.ts';
import { array, readMessage, required, string } from '../../wire/read.ts';
import { reply } from '../../wire/reply.ts';
import { keyValues } from '../key-values.ts';

export const logInputs: Handler<'runs.logInputs'> = async (call, { runs }) => {
  const request = readMessage(call, LogInputs, {
    run_id: [required, string],
    datasets: [array],
    models: [array],
  });
  const modelIds = (request.models ?? []).map(({ model_id = '' }) => model_id);
  await runs.logInputs(call.context, request.run_id ?? '', (request.datasets ?? []).map(loggedDataset), modelIds);
  return reply(EmptyResponse, {});
};

/** What a client left out is the empty string, but a schema and a profile may be absent. */
function loggedDataset({ dataset = {}, tags }: MessageOf<typeof DatasetInput>): LoggedDataset {
  const { name = '', digest = '', source_type: sourceType = '', source = '', schema, profile } = dataset;
  return { dataset: { name, digest, sourceType, source, schema, profile }, tags: keyValues(tags) };
}
