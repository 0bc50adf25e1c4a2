import type { Handler } from '../../handler.ts';
import { ListLoggedModelArtifacts, ListLoggedModelArtifactsResponse } from '../../wire/messages/logged-models.ts';
import { readMessage, string } from '../../wire/read.ts';
import { reply } from '../../wire/reply.ts';
import { fileInfo } from '../artifacts/file-info.ts';
import { modelIdOf } from './model-id-of.ts';

export const listArtifacts: Handler<'loggedModels.listArtifacts'> = async (call, { artifacts }) => {
  const request = readMessage(call, ListLoggedModelArtifacts, { artifact_directory_path: [string] });
  const { rootUri, files } = await artifacts.listOfModel(
    call.context,
    modelIdOf(call),
    request.artifact_directory_path,
  );
  return reply(ListLoggedModelArtifactsResponse, { root_uri: rootUri, files: files.map(fileInfo) });
};
