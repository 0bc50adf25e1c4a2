import { double, enumeration, int32, int64, message, nested, repeated, string } from '../message.ts';
import { Metric } from './metrics.ts';
import { ViewType } from './view-type.ts';

export const RunStatus = { RUNNING: 1, SCHEDULED: 2, FINISHED: 3, FAILED: 4, KILLED: 5 } as const;

export const Param = message('Param', { key: string, value: string });
export const RunTag = message('RunTag', { key: string, value: string });

export const RunInfo = message('RunInfo', {
  run_id: string,
  run_uuid: string,
  run_name: string,
  experiment_id: string,
  user_id: string,
  status: enumeration(RunStatus),
  start_time: int64,
  end_time: int64,
  artifact_uri: string,
  lifecycle_stage: string,
});

export const RunData = message('RunData', {
  metrics: repeated(nested(Metric)),
  params: repeated(nested(Param)),
  tags: repeated(nested(RunTag)),
});

const InputTag = message('InputTag', { key: string, value: string });
const Dataset = message('Dataset', {
  name: string,
  digest: string,
  source_type: string,
  source: string,
  schema: string,
  profile: string,
});
export const DatasetInput = message('DatasetInput', { tags: repeated(nested(InputTag)), dataset: nested(Dataset) });
const ModelInput = message('ModelInput', { model_id: string });
const ModelOutput = message('ModelOutput', { model_id: string, step: int64 });

export const RunInputs = message('RunInputs', {
  dataset_inputs: repeated(nested(DatasetInput)),
  model_inputs: repeated(nested(ModelInput)),
});
export const RunOutputs = message('RunOutputs', { model_outputs: repeated(nested(ModelOutput)) });

export const Run = message('Run', {
  info: nested(RunInfo),
  data: nested(RunData),
  inputs: nested(RunInputs),
  outputs: nested(RunOutputs),
});

export const CreateRun = message('CreateRun', {
  experiment_id: string,
  user_id: string,
  run_name: string,
  start_time: int64,
  tags: repeated(nested(RunTag)),
});

export const GetRun = message('GetRun', { run_id: string, run_uuid: string });
/** Of CreateRun and GetRun. */
export const RunResponse = message('GetRun.Response', { run: nested(Run) });

export const UpdateRun = message('UpdateRun', {
  run_id: string,
  run_uuid: string,
  status: enumeration(RunStatus),
  end_time: int64,
  run_name: string,
});
export const UpdateRunResponse = message('UpdateRun.Response', { run_info: nested(RunInfo) });

export const DeleteRun = message('DeleteRun', { run_id: string });
export const RestoreRun = message('RestoreRun', { run_id: string });

export const LogMetric = message('LogMetric', {
  run_id: string,
  run_uuid: string,
  key: string,
  value: double,
  timestamp: int64,
  step: int64,
  model_id: string,
  dataset_name: string,
  dataset_digest: string,
});
export const LogParam = message('LogParam', { run_id: string, run_uuid: string, key: string, value: string });
export const SetTag = message('SetTag', { run_id: string, run_uuid: string, key: string, value: string });
export const DeleteTag = message('DeleteTag', { run_id: string, key: string });

export const LogInputs = message('LogInputs', {
  run_id: string,
  datasets: repeated(nested(DatasetInput)),
  models: repeated(nested(ModelInput)),
});
export const LogOutputs = message('LogOutputs', { run_id: string, models: repeated(nested(ModelOutput)) });
export const LogModel = message('LogModel', { run_id: string, model_json: string });

export const LogBatch = message('LogBatch', {
  run_id: string,
  metrics: repeated(nested(Metric)),
  params: repeated(nested(Param)),
  tags: repeated(nested(RunTag)),
});

/** Absent means: run_view_type ACTIVE_ONLY, max_results 1000. */
export const SearchRuns = message('SearchRuns', {
  experiment_ids: repeated(string),
  filter: string,
  run_view_type: enumeration(ViewType),
  max_results: int32,
  order_by: repeated(string),
  page_token: string,
});
export const SearchRunsResponse = message('SearchRuns.Response', {
  runs: repeated(nested(Run)),
  next_page_token: string,
});
