import type { Services } from '../../create-services.ts';
import { brief } from '../../brief.ts';
import { MlflowError } from '../../errors.ts';
import type { BodyCall, Reply } from '../../handler.ts';
import type { Message } from '../../wire/message.ts';
import { AbortMultipartUpload, CompleteMultipartUpload, CreateMultipartUpload } from '../../wire/messages/artifacts.ts';
import { intlike, readMessage, required, string } from '../../wire/read.ts';
import type { Validators } from '../../wire/validators.ts';
import { pathOf } from './path-of.ts';

/**
 * Uploads and downloads past the server, by signed URLs of an object store. None of our stores signs any; MLflow's
 * server on such a store answers the same, and its client then sends the bytes through the server.
 */
function unsupported(what: string): MlflowError {
  return new MlflowError(
    'NOT_IMPLEMENTED',
    brief`Multipart ${what} is not supported for the current artifact repository`,
  );
}

const uploadPart =
  (message: Message, validators: Validators) =>
  async (call: BodyCall, { artifacts }: Services): Promise<Reply> => {
    artifacts.checkPath(pathOf(call));
    readMessage(call, message, validators);
    throw unsupported('upload');
  };

export const createMultipart = uploadPart(CreateMultipartUpload, { path: [required, string], num_parts: [intlike] });

export const completeMultipart = uploadPart(CompleteMultipartUpload, {
  path: [required, string],
  upload_id: [string],
  parts: [required],
});

export const abortMultipart = uploadPart(AbortMultipartUpload, { path: [required, string], upload_id: [string] });

export async function presigned(call: BodyCall, { artifacts }: Services): Promise<Reply> {
  artifacts.checkPath(pathOf(call));
  throw unsupported('download');
}
