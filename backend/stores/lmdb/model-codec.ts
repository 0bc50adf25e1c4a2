import type { LifecycleStage } from '../../entities/lifecycle.ts';
import type { LoggedModelInfo, LoggedModelStatus, ModelMetric } from '../../entities/logged-model.ts';
import { StoreCorrupt } from '../contract/index.ts';
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

export function decodeModel(modelId: string, experimentId: string, record: unknown): LoggedModelInfo {
  if (!Array.isArray(record)) throw new StoreCorrupt(`Logged model ${modelId} is no record.`);
  const [creationTime, name, artifactUri, lastUpdateTime, status, stage, modelType, sourceRunId, params, tags] =
    record as ModelRecord;
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

export function decodeModelPoint(pointKey: Buffer, row: Buffer, record: unknown): ModelMetric {
  if (!Array.isArray(record)) throw new StoreCorrupt('A metric of a logged model is no record.');
  const [value, name, digest] = record as PointRecord;
  const dataset = name !== undefined && digest !== undefined && { dataset: { name, digest } };
  return { ...modelPointOf(pointKey, row), value, ...dataset };
}
