import type { LifecycleStage } from '../../entities/lifecycle.ts';
import type { MetricPoint } from '../../entities/metric.ts';
import type { RunInfo } from '../../entities/run.ts';
import { noLinks } from '../../entities/run.ts';
import type { DatasetInput, RunView } from '../../services/runs.ts';
import type { MessageOf } from '../message.ts';
import type { Metric } from '../messages/metrics.ts';
import type {
  DatasetInput as DatasetInputMessage,
  RunInfo as RunInfoMessage,
  Run as RunMessage,
} from '../messages/runs.ts';
import { pairs } from './pairs.ts';

/** A run's attributes as answers show them, in the stage that follows from the run and its experiment. */
export function runInfoMessage(info: RunInfo, stage: LifecycleStage): MessageOf<typeof RunInfoMessage> {
  return {
    run_id: info.runId,
    run_uuid: info.runId,
    run_name: info.runName,
    experiment_id: info.experimentId,
    user_id: info.userId,
    status: info.status,
    start_time: info.startTime,
    // 0 is no end for MLflow's server.
    end_time: info.endTime === 0 ? undefined : info.endTime,
    artifact_uri: info.artifactUri,
    lifecycle_stage: stage,
  };
}

/** A run as a search shows it: without the logged models that it used. */
export function foundRunMessage({ run, stage, datasets }: RunView): MessageOf<typeof RunMessage> {
  const { info, params, tags, metrics, links = noLinks } = run;
  return {
    info: runInfoMessage(info, stage),
    data: { metrics: Array.from(metrics.values(), metricMessage), params: pairs(params), tags: pairs(tags) },
    inputs: { dataset_inputs: datasets.map(datasetInputMessage) },
    outputs: { model_outputs: links.modelOutputs.map(({ modelId, step }) => ({ model_id: modelId, step })) },
  };
}

/** A run with everything that it used. */
export function runMessage(view: RunView): MessageOf<typeof RunMessage> {
  const { inputs, ...message } = foundRunMessage(view);
  const { modelInputs } = view.run.links ?? noLinks;
  return { ...message, inputs: { ...inputs, model_inputs: modelInputs.map((modelId) => ({ model_id: modelId })) } };
}

function datasetInputMessage({ dataset, tags }: DatasetInput): MessageOf<typeof DatasetInputMessage> {
  const { name, digest, sourceType, source, schema, profile } = dataset;
  return {
    tags: pairs(tags),
    // An empty schema or profile is none for MLflow's server.
    dataset: {
      name,
      digest,
      source_type: sourceType,
      source,
      schema: schema || undefined,
      profile: profile || undefined,
    },
  };
}

export function metricMessage({ key, value, timestamp, step }: MetricPoint): MessageOf<typeof Metric> {
  return { key, value, timestamp, step };
}
