import { brief } from '../../brief.ts';
import { MlflowError, invalidParameter } from '../../errors.ts';
import type { Handler } from '../../handler.ts';
import { CreatePresignedDownloadUrl } from '../../wire/messages/artifacts.ts';
import { intlike, readMessage, required, string } from '../../wire/read.ts';
import { proxiedScheme } from './proxied-scheme.ts';

/** What clouds take for the longest life of a URL: a week. */
const longestLife = 604_800;

/** As for uploads: none of our locations has presigned URLs. */
export const presignedDownloadUrl: Handler<'artifacts.presignedDownloadUrl'> = async (call, { artifacts }) => {
  const request = readMessage(call, CreatePresignedDownloadUrl, {
    run_id: [required, string],
    path: [required, string],
    expiration: [intlike],
  });
  artifacts.checkPath(request.path ?? '');
  const { expiration = 1 } = request;
  if (expiration < 1 || expiration > longestLife) {
    throw invalidParameter(brief`expiration must be between 1 and ${longestLife} seconds (got ${expiration}).`);
  }
  const scheme = proxiedScheme(await artifacts.rootUriOfRun(call.context, request.run_id ?? ''));
  if (scheme !== undefined) {
    throw invalidParameter(
      brief`Presigned download is not supported for runs with proxied artifact storage (artifact URI scheme: ${scheme}). ` +
        'This endpoint requires a run with a direct cloud storage artifact URI.',
    );
  }
  throw new MlflowError('NOT_IMPLEMENTED', 'Presigned download is not supported for the current artifact repository');
};
