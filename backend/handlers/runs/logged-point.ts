import type { LoggedPoint } from '../../services/runs.ts';
import type { MessageOf } from '../../wire/message.ts';
import type { Metric } from '../../wire/messages/metrics.ts';

/** A metric as a client sends it; what it left out is zero, as in protobuf. */
export function loggedPoint(metric: MessageOf<typeof Metric>): LoggedPoint {
  const { key = '', value = 0, timestamp = 0, step = 0 } = metric;
  const { model_id: modelId, dataset_name: datasetName, dataset_digest: datasetDigest } = metric;
  return { key, value, timestamp, step, modelId, datasetName, datasetDigest };
}
