import type { ModelVersion, RegisteredModel } from '../../entities/registered-model.ts';
import { StoreCorrupt } from '../contract/index.ts';
import { decodeStages, encodeStages } from '../stages.ts';

type ModelRecord = [
  name: string,
  description: string,
  creationTime: number,
  lastUpdatedTime: number,
  renamedTime: number,
  stages: string,
  hadPromptVersion: boolean,
  aliases: [string, number][],
  tags: [string, string][],
];

export function encodeModel(model: RegisteredModel): ModelRecord {
  const { name, description, creationTime, lastUpdatedTime, renamedTime, stages, hadPromptVersion } = model;
  const [aliases, tags] = [[...model.aliases], [...model.tags]];
  const letters = encodeStages(stages);
  return [name, description, creationTime, lastUpdatedTime, renamedTime, letters, hadPromptVersion, aliases, tags];
}

export function decodeModel(record: unknown): RegisteredModel {
  if (!Array.isArray(record)) throw new StoreCorrupt('A registered model is no record.');
  const [name, description, creationTime, lastUpdatedTime, renamedTime, stages, hadPromptVersion, aliases, tags] =
    record as ModelRecord;
  return {
    ...{ name, description, creationTime, lastUpdatedTime, renamedTime, hadPromptVersion },
    stages: decodeStages(stages),
    aliases: new Map(aliases),
    tags: new Map(tags),
  };
}

type VersionRecord = [
  creationTime: number,
  lastUpdatedTime: number,
  description: string | null,
  source: string,
  /** null where it is the source. */
  storageLocation: string | null,
  runId: string,
  runLink: string,
  tags: [string, string][],
];

export function encodeVersion(version: Omit<ModelVersion, 'version'>): VersionRecord {
  const { creationTime, lastUpdatedTime, description = null, source, storageLocation, runId, runLink, tags } = version;
  const elsewhere = storageLocation === source ? null : storageLocation;
  return [creationTime, lastUpdatedTime, description, source, elsewhere, runId, runLink, [...tags]];
}

export function decodeVersion(version: number, record: unknown): ModelVersion {
  if (!Array.isArray(record)) throw new StoreCorrupt(`Version ${String(version)} of a model is no record.`);
  const [creationTime, lastUpdatedTime, description, source, elsewhere, runId, runLink, tags] = record as VersionRecord;
  return {
    ...{ version, creationTime, lastUpdatedTime, source, runId, runLink },
    description: description ?? undefined,
    storageLocation: elsewhere ?? source,
    tags: new Map(tags),
  };
}
