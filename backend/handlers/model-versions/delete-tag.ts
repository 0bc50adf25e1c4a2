import type { Handler } from '../../handler.ts';
import { EmptyResponse } from '../../wire/messages/empty.ts';
import { DeleteModelVersionTag } from '../../wire/messages/model-versions.ts';
import { readMessage, required, string } from '../../wire/read.ts';
import { reply } from '../../wire/reply.ts';

export const deleteTag: Handler<'modelVersions.deleteTag'> = async (call, { modelVersions }) => {
  const {
    name = '',
    version = '',
    key = '',
  } = readMessage(call, DeleteModelVersionTag, {
    name: [string, required],
    version: [string, required],
    key: [string, required],
  });
  await modelVersions.deleteTag(call.context, { name, version }, key);
  return reply(EmptyResponse, {});
};
