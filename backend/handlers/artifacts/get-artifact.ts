import { doesNotExist, invalidParameter } from '../../errors.ts';
import type { Handler } from '../../handler.ts';
import { fileReply } from './file-reply.ts';

/** The file of a run as MLflow's pages fetch it: by query, not by path. */
export const getArtifact: Handler<'root.getArtifact'> = async (call, { artifacts }) => {
  const path = call.query.get('path');
  if (path === null) throw invalidParameter("Missing value for required parameter 'path'.");
  artifacts.checkPath(path);
  const runId = call.query.get('run_id') || call.query.get('run_uuid');
  if (!runId) throw doesNotExist('Run with id=None not found');
  const { headers, ...answer } = await fileReply(call, await artifacts.openOfRun(call.context, runId, path));
  return { ...answer, headers: { ...headers, 'cache-control': 'no-cache' } };
};
