import type { LifecycleStage } from '../../entities/lifecycle.ts';
import type { LoggedModelInfo, LoggedModelStatus, ModelMetric } from '../../entities/logged-model.ts';
import { fieldsOf, number, optional, stage, text, texts } from './fields.ts';
import { modelPointOf } from './keys.ts';

type ModelRecord = [
  creationTime: number,
  name: string,
  artifactUri: string,
  lastUpdateTime: number,
  status: LoggedModelStatus,
  stage: LifecycleStage,
  modelType: string,
  sourceRunId: string,
  params: [string, string][],
  tags: [string, string][],
];

export function encodeModel(info: LoggedModelInfo): ModelRecord {
  const { creationTime, name, artifactUri, lastUpdateTime, status, stage, modelType, sourceRunId } = info;
  const maps: [[string, string][], [string, string][]] = [[...info.params], [...info.tags]];
  return [creationTime, name, artifactUri, lastUpdateTime, status, stage, modelType, sourceRunId, ...maps];
}

const modelFields = fieldsOf<ModelRecord>('a logged model', {
  ...{ creationTime: number, name: text, artifactUri: text, lastUpdateTime: number, status: text, stage },
  ...{ modelType: text, sourceRunId: text, params: texts, tags: texts },
});

/** @throws StoreCorrupt */
export function decodeModel(modelId: string, experimentId: string, record: unknown): LoggedModelInfo {
  const [creationTime, name, artifactUri, lastUpdateTime, status, stage, modelType, sourceRunId, params, tags] =
    modelFields(record);
  return {
    modelId,
    experimentId,
    name,
    artifactUri,
    creationTime,
    lastUpdateTime,
    status,
    stage,
    modelType,
    sourceRunId,
    params: new Map(params),
    tags: new Map(tags),
  };
}

type PointRecord = [value: number, datasetName?: string, datasetDigest?: string];

export function encodeModelPoint({ value, dataset }: ModelMetric): PointRecord {
  return dataset ? [value, dataset.name, dataset.digest] : [value];
}

const pointFields = fieldsOf<PointRecord>('a metric of a logged model', {
  ...{ value: number, datasetName: optional(text), datasetDigest: optional(text) },
});

/** @throws StoreCorrupt */
export function decodeModelPoint(pointKey: Buffer, row: Buffer, record: unknown): ModelMetric {
  const [value, name, digest] = pointFields(record);
  const dataset = name !== undefined && digest !== undefined && { dataset: { name, digest } };
  return { ...modelPointOf(pointKey, row), value, ...dataset };
}
