import { bool, enumeration, int64, message, nested, repeated, string } from '../message.ts';

const ModelVersionStatus = { PENDING_REGISTRATION: 1, FAILED_REGISTRATION: 2, READY: 3 } as const;

export const ModelVersionTag = message('ModelVersionTag', { key: string, value: string });

export const ModelVersion = message('ModelVersion', {
  name: string,
  version: string,
  creation_timestamp: int64,
  last_updated_timestamp: int64,
  user_id: string,
  current_stage: string,
  description: string,
  source: string,
  run_id: string,
  status: enumeration(ModelVersionStatus),
  status_message: string,
  tags: repeated(nested(ModelVersionTag)),
  run_link: string,
  aliases: repeated(string),
});

export const CreateModelVersion = message('CreateModelVersion', {
  name: string,
  source: string,
  run_id: string,
  tags: repeated(nested(ModelVersionTag)),
  run_link: string,
  description: string,
  model_id: string,
});
/** Of every operation that answers with one version. */
export const ModelVersionResponse = message('ModelVersion.Response', { model_version: nested(ModelVersion) });

/** Of every operation that needs to know the version and no more. */
export const NamedModelVersion = message('GetModelVersion', { name: string, version: string });

export const UpdateModelVersion = message('UpdateModelVersion', { name: string, version: string, description: string });

export const TransitionModelVersionStage = message('TransitionModelVersionStage', {
  name: string,
  version: string,
  stage: string,
  archive_existing_versions: bool,
});

export const SearchModelVersions = message('SearchModelVersions', {
  filter: string,
  max_results: int64,
  order_by: repeated(string),
  page_token: string,
});
export const SearchModelVersionsResponse = message('SearchModelVersions.Response', {
  model_versions: repeated(nested(ModelVersion)),
  next_page_token: string,
});

export const GetModelVersionDownloadUriResponse = message('GetModelVersionDownloadUri.Response', {
  artifact_uri: string,
});

export const SetModelVersionTag = message('SetModelVersionTag', {
  name: string,
  version: string,
  key: string,
  value: string,
});
export const DeleteModelVersionTag = message('DeleteModelVersionTag', { name: string, version: string, key: string });
