import type { Handler } from '../../handler.ts';
import { ListArtifacts, ListArtifactsResponse } from '../../wire/messages/artifacts.ts';
import { readMessage, required, string } from '../../wire/read.ts';
import { reply } from '../../wire/reply.ts';
import { fileInfo } from './file-info.ts';

export const list: Handler<'artifacts.list'> = async (call, { artifacts }) => {
  const request = readMessage(call, ListArtifacts, {
    run_id: [string, required],
    path: [string],
    page_token: [string],
  });
  const { rootUri, files } = await artifacts.listOfRun(
    call.context,
    request.run_id || (request.run_uuid ?? ''),
    request.path,
  );
  return reply(ListArtifactsResponse, { root_uri: rootUri, files: files.map(fileInfo) });
};
