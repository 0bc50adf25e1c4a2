import { bool, enumeration, int32, int64, message, nested, repeated, string } from '../message.ts';
import { FileInfo } from './artifacts.ts';
import { Metric } from './metrics.ts';

export const LoggedModelStatus = {
  LOGGED_MODEL_STATUS_UNSPECIFIED: 0,
  LOGGED_MODEL_PENDING: 1,
  LOGGED_MODEL_READY: 2,
  LOGGED_MODEL_UPLOAD_FAILED: 3,
} as const;

const LoggedModelTag = message('LoggedModelTag', { key: string, value: string });
const LoggedModelParameter = message('LoggedModelParameter', { key: string, value: string });

export const LoggedModelInfo = message('LoggedModelInfo', {
  model_id: string,
  experiment_id: string,
  name: string,
  creation_timestamp_ms: int64,
  last_updated_timestamp_ms: int64,
  artifact_uri: string,
  status: enumeration(LoggedModelStatus),
  creator_id: int64,
  model_type: string,
  source_run_id: string,
  status_message: string,
  tags: repeated(nested(LoggedModelTag)),
});

const LoggedModelData = message('LoggedModelData', {
  params: repeated(nested(LoggedModelParameter)),
  metrics: repeated(nested(Metric)),
});

export const LoggedModel = message('LoggedModel', { info: nested(LoggedModelInfo), data: nested(LoggedModelData) });

export const CreateLoggedModel = message('CreateLoggedModel', {
  experiment_id: string,
  name: string,
  model_type: string,
  source_run_id: string,
  params: repeated(nested(LoggedModelParameter)),
  tags: repeated(nested(LoggedModelTag)),
});
export const FinalizeLoggedModel = message('FinalizeLoggedModel', {
  model_id: string,
  status: enumeration(LoggedModelStatus),
});
/** Of CreateLoggedModel, GetLoggedModel and FinalizeLoggedModel. */
export const LoggedModelResponse = message('GetLoggedModel.Response', { model: nested(LoggedModel) });

export const SetLoggedModelTags = message('SetLoggedModelTags', {
  model_id: string,
  tags: repeated(nested(LoggedModelTag)),
});
export const LogLoggedModelParams = message('LogLoggedModelParamsRequest', {
  model_id: string,
  params: repeated(nested(LoggedModelParameter)),
});

export const ListLoggedModelArtifacts = message('ListLoggedModelArtifacts', {
  model_id: string,
  artifact_directory_path: string,
  page_token: string,
});
export const ListLoggedModelArtifactsResponse = message('ListLoggedModelArtifacts.Response', {
  root_uri: string,
  files: repeated(nested(FileInfo)),
  next_page_token: string,
});

const Dataset = message('SearchLoggedModels.Dataset', { dataset_name: string, dataset_digest: string });

const OrderBy = message('SearchLoggedModels.OrderBy', {
  field_name: string,
  ascending: bool,
  dataset_name: string,
  dataset_digest: string,
});

export const SearchLoggedModels = message('SearchLoggedModels', {
  experiment_ids: repeated(string),
  filter: string,
  datasets: repeated(nested(Dataset)),
  max_results: int32,
  order_by: repeated(nested(OrderBy)),
  page_token: string,
});
export const SearchLoggedModelsResponse = message('SearchLoggedModels.Response', {
  models: repeated(nested(LoggedModel)),
  next_page_token: string,
});
