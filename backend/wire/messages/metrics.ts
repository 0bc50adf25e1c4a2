import { double, int32, int64, message, nested, repeated, string } from '../message.ts';

export const Metric = message('Metric', {
  key: string,
  value: double,
  timestamp: int64,
  step: int64,
  dataset_name: string,
  dataset_digest: string,
  model_id: string,
  run_id: string,
});

export const GetMetricHistory = message('GetMetricHistory', {
  run_id: string,
  run_uuid: string,
  metric_key: string,
  page_token: string,
  max_results: int32,
});
export const GetMetricHistoryResponse = message('GetMetricHistory.Response', {
  metrics: repeated(nested(Metric)),
  next_page_token: string,
});

export const MetricWithRunId = message('MetricWithRunId', {
  key: string,
  value: double,
  timestamp: int64,
  step: int64,
  run_id: string,
});

export const GetMetricHistoryBulkInterval = message('GetMetricHistoryBulkInterval', {
  run_ids: repeated(string),
  metric_key: string,
  start_step: int32,
  end_step: int32,
  max_results: int32,
});
export const GetMetricHistoryBulkIntervalResponse = message('GetMetricHistoryBulkInterval.Response', {
  metrics: repeated(nested(MetricWithRunId)),
});
