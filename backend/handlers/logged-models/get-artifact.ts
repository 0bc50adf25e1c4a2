import { MlflowError } from '../../errors.ts';
import type { Handler } from '../../handler.ts';
import { fileReply } from '../artifacts/file-reply.ts';
import { modelIdOf } from './model-id-of.ts';

/** The file of a logged model as MLflow's pages fetch it. */
export const getArtifact: Handler<'loggedModels.getArtifact'> = async (call, { artifacts }) => {
  const path = call.query.get('artifact_file_path') ?? '';
  if (path === '') {
    throw new MlflowError('BAD_REQUEST', 'Request must include the "artifact_file_path" query parameter.');
  }
  const { headers, ...answer } = await fileReply(
    call,
    await artifacts.openOfModel(call.context, modelIdOf(call), path),
  );
  return { ...answer, headers: { ...headers, 'cache-control': 'no-cache' } };
};
