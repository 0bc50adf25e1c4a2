import type { Handler } from '../../handler.ts';
import { EmptyResponse } from '../../wire/messages/empty.ts';
import { SetModelVersionTag } from '../../wire/messages/model-versions.ts';
import { readMessage, required, string } from '../../wire/read.ts';
import { reply } from '../../wire/reply.ts';

export const setTag: Handler<'modelVersions.setTag'> = async (call, { modelVersions }) => {
  const request = readMessage(call, SetModelVersionTag, {
    name: [string, required],
    version: [string, required],
    key: [string, required],
    value: [string],
  });
  const { name = '', version = '', key = '', value = '' } = request;
  await modelVersions.setTag(call.context, { name, version }, { key, value });
  return reply(EmptyResponse, {});
};
