import type { LoggedModel, LoggedModelStatus, ModelMetric } from '../../entities/logged-model.ts';
import type { MessageOf } from '../message.ts';
import type {
  LoggedModel as LoggedModelMessage,
  LoggedModelStatus as StatusNumbers,
} from '../messages/logged-models.ts';
import type { Metric } from '../messages/metrics.ts';
import { pairs } from './pairs.ts';

type StatusName = keyof typeof StatusNumbers;

const nameOf: Readonly<Record<LoggedModelStatus, StatusName>> = {
  UNSPECIFIED: 'LOGGED_MODEL_STATUS_UNSPECIFIED',
  PENDING: 'LOGGED_MODEL_PENDING',
  READY: 'LOGGED_MODEL_READY',
  FAILED: 'LOGGED_MODEL_UPLOAD_FAILED',
};

/** The status that a message names. */
export function loggedModelStatus(name: StatusName): LoggedModelStatus {
  const statuses = Object.keys(nameOf) as LoggedModelStatus[];
  return statuses.find((status) => nameOf[status] === name) ?? 'UNSPECIFIED';
}

/** A logged model as answers show it: with all points that were logged for it, not only the latest. */
export function loggedModelMessage({ info, metrics }: LoggedModel): MessageOf<typeof LoggedModelMessage> {
  return {
    info: {
      model_id: info.modelId,
      experiment_id: info.experimentId,
      name: info.name,
      creation_timestamp_ms: info.creationTime,
      last_updated_timestamp_ms: info.lastUpdateTime,
      artifact_uri: info.artifactUri,
      status: nameOf[info.status],
      model_type: info.modelType,
      source_run_id: info.sourceRunId,
      tags: pairs(info.tags),
    },
    data: {
      params: pairs(info.params),
      metrics: metrics.map((metric) => modelMetricMessage(info.modelId, metric)),
    },
  };
}

function modelMetricMessage(modelId: string, metric: ModelMetric): MessageOf<typeof Metric> {
  const { key, value, timestamp, step, runId, dataset } = metric;
  return {
    key,
    value,
    timestamp,
    step,
    dataset_name: dataset?.name,
    dataset_digest: dataset?.digest,
    model_id: modelId,
    run_id: runId,
  };
}
