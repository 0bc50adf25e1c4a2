import type { Services } from '../../create-services.ts';
import type { BodyCall, Reply } from '../../handler.ts';
import { modelVersionMessage } from '../../wire/answers/registered-model.ts';
import { GetLatestVersions, GetLatestVersionsResponse } from '../../wire/messages/registered-models.ts';
import { array, itemTypeString, readMessage, required, string } from '../../wire/read.ts';
import { reply } from '../../wire/reply.ts';

/** The same by POST and by GET: only where the message is read from differs. */
export async function latestVersions(call: BodyCall, { registeredModels }: Services): Promise<Reply> {
  const { name = '', stages = [] } = readMessage(call, GetLatestVersions, {
    name: [string, required],
    stages: [array, itemTypeString],
  });
  const { model, versions } = await registeredModels.latestVersions(call.context, name, stages);
  return reply(GetLatestVersionsResponse, {
    model_versions: versions.map((version) => modelVersionMessage(model, version, 'with aliases')),
  });
}
