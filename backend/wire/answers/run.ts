import type { LifecycleStage } from '../../entities/lifecycle.ts';
import type { MetricPoint } from '../../entities/metric.ts';
import type { Run, RunInfo } from '../../entities/run.ts';
import type { MessageOf } from '../message.ts';
import type { Metric } from '../messages/metrics.ts';
import type { RunInfo as RunInfoMessage, Run as RunMessage } from '../messages/runs.ts';
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

/** A run as answers show it. Datasets and logged models are not served, so their lists are empty. */
export function runMessage({ info, params, tags, metrics }: Run, stage: LifecycleStage): MessageOf<typeof RunMessage> {
  return {
    info: runInfoMessage(info, stage),
    data: { metrics: Array.from(metrics.values(), metricMessage), params: pairs(params), tags: pairs(tags) },
    inputs: {},
    outputs: {},
  };
}

export function metricMessage({ key, value, timestamp, step }: MetricPoint): MessageOf<typeof Metric> {
  return { key, value, timestamp, step };
}
