import type { RunLinks } from '../../entities/run.ts';
import { decodeInt64, encodeInt64 } from './int64.ts';
import { decodeJson, encodeJson } from './values.ts';

/** What the links' cell of a run holds. */
interface LinksRecord {
  readonly datasets: readonly (readonly [name: string, digest: string, tags: readonly [string, string][]])[];
  readonly inputs: readonly string[];
  readonly outputs: readonly (readonly [modelId: string, step: number | string])[];
}

export function encodeLinks({ datasets, modelInputs, modelOutputs }: RunLinks): Buffer {
  const record: LinksRecord = {
    datasets: datasets.map(({ name, digest, tags }) => [name, digest, [...tags]]),
    inputs: modelInputs,
    outputs: modelOutputs.map(({ modelId, step }) => [modelId, encodeInt64(step)]),
  };
  return encodeJson(record);
}

export function decodeLinks(key: string, cell: Buffer): RunLinks {
  const { datasets, inputs, outputs } = decodeJson(`The links of ${key}`, cell) as unknown as LinksRecord;
  return {
    datasets: datasets.map(([name, digest, tags]) => ({ name, digest, tags: new Map(tags) })),
    modelInputs: inputs,
    modelOutputs: outputs.map(([modelId, step]) => ({ modelId, step: decodeInt64(step) })),
  };
}
