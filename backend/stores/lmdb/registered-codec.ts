import type { ModelVersion, RegisteredModel } from '../../entities/registered-model.ts';
import { decodeStages, encodeStages } from '../stages.ts';
import { fieldsOf, flag, listOf, number, orNull, text, texts, tuple } from './fields.ts';

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

const modelFields = fieldsOf<ModelRecord>('a registered model', {
  ...{ name: text, description: text, creationTime: number, lastUpdatedTime: number, renamedTime: number },
  ...{ stages: text, hadPromptVersion: flag, aliases: listOf(tuple(text, number)), tags: texts },
});

/** @throws StoreCorrupt */
export function decodeModel(record: unknown): RegisteredModel {
  const [name, description, creationTime, lastUpdatedTime, renamedTime, stages, hadPromptVersion, aliases, tags] =
    modelFields(record);
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

const versionFields = fieldsOf<VersionRecord>('a version of a registered model', {
  ...{ creationTime: number, lastUpdatedTime: number, description: orNull(text), source: text },
  ...{ storageLocation: orNull(text), runId: text, runLink: text, tags: texts },
});

/** @throws StoreCorrupt */
export function decodeVersion(version: number, record: unknown): ModelVersion {
  const [creationTime, lastUpdatedTime, description, source, elsewhere, runId, runLink, tags] = versionFields(record);
  return {
    ...{ version, creationTime, lastUpdatedTime, source, runId, runLink },
    description: description ?? undefined,
    storageLocation: elsewhere ?? source,
    tags: new Map(tags),
  };
}
