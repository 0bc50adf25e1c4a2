import type { Handler } from '../../handler.ts';
import { EmptyResponse } from '../../wire/messages/empty.ts';
import { NamedModelVersion } from '../../wire/messages/model-versions.ts';
import { readMessage, required, string } from '../../wire/read.ts';
import { reply } from '../../wire/reply.ts';

export const deleteVersion: Handler<'modelVersions.delete'> = async (call, { modelVersions }) => {
  const { name = '', version = '' } = readMessage(call, NamedModelVersion, {
    name: [string, required],
    version: [string, required],
  });
  await modelVersions.delete(call.context, { name, version });
  return reply(EmptyResponse, {});
};
