import type { Dataset, DatasetSummary } from '../../entities/dataset.ts';
import type { Int64 } from '../../entities/int64.ts';
import type { RunLinks } from '../../entities/run.ts';
import { fieldsOf, int64, listOf, orNull, text, texts, tuple } from './fields.ts';

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

const linksFields = fieldsOf<LinksRecord>('the links of a run', {
  datasets: listOf(tuple(text, text, texts)),
  ...{ modelInputs: listOf(text), modelOutputs: listOf(tuple(text, int64)) },
});

/** @throws StoreCorrupt */
export function decodeLinks(record: unknown): RunLinks {
  const [datasets, modelInputs, modelOutputs] = linksFields(record);
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

const datasetFields = fieldsOf<DatasetRecord>('a dataset', {
  ...{ name: text, digest: text, sourceType: text, source: text, schema: orNull(text), profile: orNull(text) },
});

/** @throws StoreCorrupt */
export function decodeDataset(record: unknown): Dataset {
  const [name, digest, sourceType, source, schema, profile] = datasetFields(record);
  return { name, digest, sourceType, source, ...(schema !== null && { schema }), ...(profile !== null && { profile }) };
}

type UseRecord = [name: string, digest: string, context: string | null];

export function encodeUse({ name, digest, context }: Omit<DatasetSummary, 'experimentId'>): UseRecord {
  return [name, digest, context ?? null];
}

const useFields = fieldsOf<UseRecord>('a use of a dataset', { name: text, digest: text, context: orNull(text) });

/** @throws StoreCorrupt */
export function decodeUse(experimentId: string, record: unknown): DatasetSummary {
  const [name, digest, context] = useFields(record);
  return { experimentId, name, digest, ...(context !== null && { context }) };
}
