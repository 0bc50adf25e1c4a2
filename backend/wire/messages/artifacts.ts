import { bool, int64, message, nested, repeated, string } from '../message.ts';

export const FileInfo = message('FileInfo', { path: string, is_dir: bool, file_size: int64 });

/** `artifacts/list`: the files of a run. */
export const ListArtifacts = message('ListArtifacts', {
  run_id: string,
  run_uuid: string,
  path: string,
  page_token: string,
});
export const ListArtifactsResponse = message('ListArtifacts.Response', {
  root_uri: string,
  files: repeated(nested(FileInfo)),
  next_page_token: string,
});

/** Where a browser or a client could send a file straight to a cloud's storage. */
export const CreatePresignedUploadUrl = message('CreatePresignedUploadUrl', {
  run_id: string,
  path: string,
  expiration: int64,
  model_id: string,
});
export const CreatePresignedDownloadUrl = message('CreatePresignedDownloadUrl', {
  run_id: string,
  path: string,
  expiration: int64,
});

/** `mlflow-artifacts/artifacts`: the files of the artifact proxy. */
export const ListArtifactsMlflowArtifacts = message('artifacts.ListArtifacts', { path: string });
export const ListArtifactsMlflowArtifactsResponse = message('artifacts.ListArtifacts.Response', {
  files: repeated(nested(FileInfo)),
});

export const DeleteArtifact = message('artifacts.DeleteArtifact', {});

export const CreateMultipartUpload = message('artifacts.CreateMultipartUpload', { path: string, num_parts: int64 });

const MultipartUploadPart = message('artifacts.MultipartUploadPart', {
  part_number: int64,
  etag: string,
  url: string,
});
export const CompleteMultipartUpload = message('artifacts.CompleteMultipartUpload', {
  path: string,
  upload_id: string,
  parts: repeated(nested(MultipartUploadPart)),
});
export const AbortMultipartUpload = message('artifacts.AbortMultipartUpload', { path: string, upload_id: string });

export const GetPresignedDownloadUrl = message('artifacts.GetPresignedDownloadUrl', {});
