import { invalidParameter } from '../../errors.ts';
import type { Handler } from '../../handler.ts';
import { fileReply } from '../artifacts/file-reply.ts';

/** A file of a version as MLflow's pages fetch it: by query, not by path. */
export const getArtifact: Handler<'root.getModelVersionArtifact'> = async (call, { artifacts, modelVersions }) => {
  const path = call.query.get('path');
  if (path === null) throw invalidParameter("Missing value for required parameter 'path'.");
  artifacts.checkPath(path);
  const [name, version] = [call.query.get('name') ?? '', call.query.get('version') ?? ''];
  const uri = await modelVersions.downloadUri(call.context, { name, version });
  const { headers, ...answer } = await fileReply(call, await artifacts.openIn(call.context, uri, path));
  return { ...answer, headers: { ...headers, 'cache-control': 'no-cache' } };
};
