import { int64, message, nested, repeated, string } from '../message.ts';
import { ModelVersion } from './model-versions.ts';

export const RegisteredModelTag = message('RegisteredModelTag', { key: string, value: string });
export const RegisteredModelAlias = message('RegisteredModelAlias', { alias: string, version: string });

export const RegisteredModel = message('RegisteredModel', {
  name: string,
  creation_timestamp: int64,
  last_updated_timestamp: int64,
  user_id: string,
  description: string,
  latest_versions: repeated(nested(ModelVersion)),
  tags: repeated(nested(RegisteredModelTag)),
  aliases: repeated(nested(RegisteredModelAlias)),
});

export const CreateRegisteredModel = message('CreateRegisteredModel', {
  name: string,
  tags: repeated(nested(RegisteredModelTag)),
  description: string,
  deployment_job_id: string,
});
/** Of every operation that answers with one model. */
export const RegisteredModelResponse = message('RegisteredModel.Response', {
  registered_model: nested(RegisteredModel),
});

/** Of every operation that needs to know the name and no more. */
export const NamedRegisteredModel = message('GetRegisteredModel', { name: string });

export const RenameRegisteredModel = message('RenameRegisteredModel', { name: string, new_name: string });
export const UpdateRegisteredModel = message('UpdateRegisteredModel', {
  name: string,
  description: string,
  deployment_job_id: string,
});

export const SearchRegisteredModels = message('SearchRegisteredModels', {
  filter: string,
  max_results: int64,
  order_by: repeated(string),
  page_token: string,
});
export const SearchRegisteredModelsResponse = message('SearchRegisteredModels.Response', {
  registered_models: repeated(nested(RegisteredModel)),
  next_page_token: string,
});

export const GetLatestVersions = message('GetLatestVersions', { name: string, stages: repeated(string) });
export const GetLatestVersionsResponse = message('GetLatestVersions.Response', {
  model_versions: repeated(nested(ModelVersion)),
});

export const SetRegisteredModelTag = message('SetRegisteredModelTag', { name: string, key: string, value: string });
export const DeleteRegisteredModelTag = message('DeleteRegisteredModelTag', { name: string, key: string });

export const SetRegisteredModelAlias = message('SetRegisteredModelAlias', {
  name: string,
  alias: string,
  version: string,
});
/** Also of the operation that reads a version by its alias. */
export const NamedRegisteredModelAlias = message('DeleteRegisteredModelAlias', { name: string, alias: string });
