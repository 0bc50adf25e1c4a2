import type { Dataset } from '../entities/dataset.ts';
import type { LifecycleStage } from '../entities/lifecycle.ts';
import type { LoggedModel, ModelMetric } from '../entities/logged-model.ts';
import { comparePoints } from '../entities/logged-model.ts';
import type { MetricPoint } from '../entities/metric.ts';
import { inKeyOrder } from '../entities/order.ts';
import { modelStages } from '../entities/registered-model.ts';
import type { RunStatus } from '../entities/run.ts';
import type { SourceExperiment, SourceModel, SourceRun, SourceVersion } from '../services/import/source.ts';
import { loggedModelStatus } from '../wire/answers/logged-model.ts';
import { member } from '../wire/json/value.ts';
import type { JsonObject } from '../wire/json/value.ts';
import { double, integer, object, objects, pairs, text, time } from './fields.ts';

const stageIn = (info: JsonObject): LifecycleStage =>
  text(info, 'lifecycle_stage') === 'deleted' ? 'deleted' : 'active';

export const decodeExperiment = (experiment: JsonObject): SourceExperiment => ({
  experimentId: text(experiment, 'experiment_id'),
  name: text(experiment, 'name'),
  artifactLocation: text(experiment, 'artifact_location'),
  stage: stageIn(experiment),
  creationTime: time(experiment, 'creation_time'),
  lastUpdateTime: time(experiment, 'last_update_time'),
  tags: pairs(experiment, 'tags'),
});

export const decodePoint = (metric: JsonObject): MetricPoint => ({
  key: text(metric, 'key'),
  value: double(metric, 'value'),
  timestamp: integer(metric, 'timestamp') ?? 0,
  step: integer(metric, 'step') ?? 0,
});

const statuses: readonly string[] = ['RUNNING', 'SCHEDULED', 'FINISHED', 'FAILED', 'KILLED'] satisfies RunStatus[];

export function decodeRun(run: JsonObject): SourceRun {
  const [info, data] = [object(run, 'info'), object(run, 'data')];
  const [inputs, outputs] = [object(run, 'inputs'), object(run, 'outputs')];
  const datasetInputs = objects(inputs, 'dataset_inputs');
  const datasets = datasetInputs.map((input) => decodeDataset(object(input, 'dataset')));
  const links = {
    datasets: datasetInputs.map((input, i) => {
      const { name = '', digest = '' } = datasets[i] ?? {};
      return { name, digest, tags: pairs(input, 'tags') };
    }),
    modelInputs: objects(inputs, 'model_inputs').map((input) => text(input, 'model_id')),
    modelOutputs: objects(outputs, 'model_outputs').map((output) => ({
      modelId: text(output, 'model_id'),
      step: integer(output, 'step') ?? 0,
    })),
  };
  const hasLinks = links.datasets.length + links.modelInputs.length + links.modelOutputs.length > 0;
  const status = text(info, 'status', 'RUNNING');
  const metrics = objects(data, 'metrics').map(decodePoint);
  return {
    run: {
      info: {
        runId: text(info, 'run_id'),
        experimentId: text(info, 'experiment_id'),
        runName: text(info, 'run_name'),
        userId: text(info, 'user_id'),
        status: statuses.includes(status) ? (status as RunStatus) : 'RUNNING',
        startTime: integer(info, 'start_time') ?? 0,
        endTime: integer(info, 'end_time'),
        artifactUri: text(info, 'artifact_uri'),
        lifecycle: { stage: 'active', epoch: 0, changedAt: 0 },
      },
      params: pairs(data, 'params'),
      tags: pairs(data, 'tags'),
      metrics: inKeyOrder(new Map(metrics.map((point) => [point.key, point]))),
      ...(hasLinks && { links }),
    },
    stage: stageIn(info),
    datasets,
  };
}

function decodeDataset(dataset: JsonObject): Dataset {
  const [schema, profile] = [text(dataset, 'schema'), text(dataset, 'profile')];
  return {
    name: text(dataset, 'name'),
    digest: text(dataset, 'digest'),
    sourceType: text(dataset, 'source_type'),
    source: text(dataset, 'source'),
    ...(schema !== '' && { schema }),
    ...(profile !== '' && { profile }),
  };
}

export function decodeLoggedModel(model: JsonObject): LoggedModel {
  const [info, data] = [object(model, 'info'), object(model, 'data')];
  return {
    info: {
      modelId: text(info, 'model_id'),
      experimentId: text(info, 'experiment_id'),
      name: text(info, 'name'),
      artifactUri: text(info, 'artifact_uri'),
      creationTime: time(info, 'creation_timestamp_ms'),
      lastUpdateTime: time(info, 'last_updated_timestamp_ms'),
      status: loggedModelStatus(text(info, 'status') as Parameters<typeof loggedModelStatus>[0]),
      stage: 'active',
      modelType: text(info, 'model_type'),
      sourceRunId: text(info, 'source_run_id'),
      params: pairs(data, 'params'),
      tags: pairs(info, 'tags'),
    },
    metrics: objects(data, 'metrics').map(decodeModelMetric).sort(comparePoints),
  };
}

function decodeModelMetric(metric: JsonObject): ModelMetric {
  const [name, digest] = [text(metric, 'dataset_name'), text(metric, 'dataset_digest')];
  const dataset = name === '' && digest === '' ? {} : { dataset: { name, digest } };
  return { ...decodePoint(metric), runId: text(metric, 'run_id'), ...dataset };
}

export const decodeRegisteredModel = (model: JsonObject, versions: readonly SourceVersion[]): SourceModel => ({
  name: text(model, 'name'),
  description: text(model, 'description'),
  creationTime: time(model, 'creation_timestamp'),
  lastUpdatedTime: time(model, 'last_updated_timestamp'),
  tags: pairs(model, 'tags'),
  aliases: inKeyOrder(
    new Map(objects(model, 'aliases').map((alias) => [text(alias, 'alias'), Number(text(alias, 'version'))])),
  ),
  versions,
});

export function decodeVersion(version: JsonObject, storageLocation: string): SourceVersion {
  const stage = text(version, 'current_stage', 'None');
  return {
    version: Number(text(version, 'version')),
    creationTime: time(version, 'creation_timestamp'),
    lastUpdatedTime: time(version, 'last_updated_timestamp'),
    // A version without a description is not one with an empty one.
    description: member(version, 'description') === undefined ? undefined : text(version, 'description'),
    source: text(version, 'source'),
    storageLocation,
    runId: text(version, 'run_id'),
    runLink: text(version, 'run_link'),
    tags: pairs(version, 'tags'),
    stage: modelStages.find((known) => known === stage) ?? 'None',
  };
}
