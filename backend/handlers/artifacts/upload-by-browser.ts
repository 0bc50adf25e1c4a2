import { invalidParameter } from '../../errors.ts';
import type { Handler } from '../../handler.ts';
import { jsonReply } from '../../wire/reply.ts';

const mostBytes = 10 * 1024 * 1024;

/** A small file that MLflow's pages add to a run: named by the query, sent as the body. */
export const uploadByBrowser: Handler<'artifacts.upload'> = async (call, { artifacts }) => {
  const { query, body } = call;
  const runId = query.get('run_uuid') ?? '';
  if (runId === '') throw invalidParameter('Request must specify run_uuid.');
  const path = query.get('path') ?? '';
  if (path === '') throw invalidParameter('Request must specify path.');
  artifacts.checkPath(path);
  if (body.length > mostBytes) throw invalidParameter('Artifact size is too large. Max size is 10MB.');
  if (body.length === 0) throw invalidParameter('Request must specify data.');
  await artifacts.saveOfRun(call.context, runId, path, body);
  return jsonReply('');
};
