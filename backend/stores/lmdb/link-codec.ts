import type { Dataset, DatasetSummary } from '../../entities/dataset.ts';
import type { Int64 } from '../../entities/int64.ts';
import type { RunLinks } from '../../entities/run.ts';
import { StoreCorrupt } from '../contract/index.ts';

type LinksRecord = [
  datasets: [name: string, digest: string, tags: [string, string][]][],
  modelInputs: string[],
  modelOutputs: [modelId: string, step: Int64][],
];

export function encodeLinks({ datasets, modelInputs, modelOutputs }: RunLinks): LinksRecord {
  return [
    datasets.map(({ name, digest, tags }) => [name, digest, [...tags]]),
    [...modelInputs],
    modelOutputs.map(({ modelId, step }) => [modelId, step]),
  ];
}

export function decodeLinks(record: unknown): RunLinks | undefined {
  if (record === undefined) return undefined;
  if (!Array.isArray(record)) throw new StoreCorrupt('The links of a run are no record.');
  const [datasets, modelInputs, modelOutputs] = record as LinksRecord;
  return {
    datasets: datasets.map(([name, digest, tags]) => ({ name, digest, tags: new Map(tags) })),
    modelInputs,
    modelOutputs: modelOutputs.map(([modelId, step]) => ({ modelId, step })),
  };
}

type DatasetRecord = [
  name: string,
  digest: string,
  sourceType: string,
  source: string,
  schema: string | null,
  profile: string | null,
];

export function encodeDataset({ name, digest, sourceType, source, schema, profile }: Dataset): DatasetRecord {
  return [name, digest, sourceType, source, schema ?? null, profile ?? null];
}

export function decodeDataset(record: unknown): Dataset {
  if (!Array.isArray(record)) throw new StoreCorrupt('A dataset is no record.');
  const [name, digest, sourceType, source, schema, profile] = record as DatasetRecord;
  return { name, digest, sourceType, source, ...(schema !== null && { schema }), ...(profile !== null && { profile }) };
}

type UseRecord = [name: string, digest: string, context: string | null];

export function encodeUse({ name, digest, context }: Omit<DatasetSummary, 'experimentId'>): UseRecord {
  return [name, digest, context ?? null];
}

export function decodeUse(experimentId: string, record: unknown): DatasetSummary {
  if (!Array.isArray(record)) throw new StoreCorrupt('A use of a dataset is no record.');
  const [name, digest, context] = record as UseRecord;
  return { experimentId, name, digest, ...(context !== null && { context }) };
}
