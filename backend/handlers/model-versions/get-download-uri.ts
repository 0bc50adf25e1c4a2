import type { Handler } from '../../handler.ts';
import { GetModelVersionDownloadUriResponse, NamedModelVersion } from '../../wire/messages/model-versions.ts';
import { readMessage } from '../../wire/read.ts';
import { reply } from '../../wire/reply.ts';

export const getDownloadUri: Handler<'modelVersions.getDownloadUri'> = async (call, { modelVersions }) => {
  const { name = '', version = '' } = readMessage(call, NamedModelVersion);
  const uri = await modelVersions.downloadUri(call.context, { name, version });
  return reply(GetModelVersionDownloadUriResponse, { artifact_uri: uri });
};
