import { brief } from '../../brief.ts';
import { MlflowError, invalidParameter } from '../../errors.ts';
import type { Handler } from '../../handler.ts';
import { CreatePresignedUploadUrl } from '../../wire/messages/artifacts.ts';
import { intlike, readMessage, required, string } from '../../wire/read.ts';
import { proxiedScheme } from './proxied-scheme.ts';

/**
 * No location of ours has presigned URLs: not those of the proxy, as on MLflow's server, nor others, which this server
 * never opens. All that is asked of the request is asked first, so that the answer is the server's.
 */
export const presignedUploadUrl: Handler<'artifacts.presignedUploadUrl'> = async (call, { artifacts }) => {
  const {
    run_id = '',
    model_id = '',
    path = '',
  } = readMessage(call, CreatePresignedUploadUrl, {
    run_id: [string],
    model_id: [string],
    path: [required, string],
    expiration: [intlike],
  });
  if ((run_id === '') === (model_id === '')) {
    throw invalidParameter('Exactly one of run_id and model_id must be provided.');
  }
  artifacts.checkPath(path);
  const uri = await (run_id === ''
    ? artifacts.rootUriOfModel(call.context, model_id)
    : artifacts.rootUriOfRun(call.context, run_id));
  const scheme = proxiedScheme(uri);
  if (scheme !== undefined) {
    throw invalidParameter(
      brief`Presigned upload is not supported for proxied artifact storage (artifact URI scheme: ${scheme}). This endpoint ` +
        'requires a direct cloud storage artifact URI.',
    );
  }
  throw new MlflowError('NOT_IMPLEMENTED', 'Presigned upload is not supported for the current artifact repository');
};
