import type { Handler } from '../../handler.ts';
import { ListArtifactsMlflowArtifacts, ListArtifactsMlflowArtifactsResponse } from '../../wire/messages/artifacts.ts';
import { readMessage } from '../../wire/read.ts';
import { reply } from '../../wire/reply.ts';
import { fileInfo } from './file-info.ts';

export const listProxied: Handler<'artifactProxy.list'> = async (call, { artifacts }) => {
  const { path } = readMessage(call, ListArtifactsMlflowArtifacts);
  const files = await artifacts.list(call.context, path ?? '');
  return reply(ListArtifactsMlflowArtifactsResponse, { files: files.map(fileInfo) });
};
