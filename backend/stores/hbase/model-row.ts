import { inKeyOrder } from '../../entities/order.ts';
import type { ModelVersion, RegisteredModel } from '../../entities/registered-model.ts';
import { versionNumbers } from '../../entities/registered-model.ts';
import { StoreCorrupt } from '../contract/index.ts';
import { decodeStages, encodeStages } from '../stages.ts';
import { columnsOrAll } from './columns.ts';
import type { NamedRow } from './pending-changes.ts';
import type { Column } from './rest/contract.ts';
import { decodeJson, encodeJson, removed } from './values.ts';

const isColumn: Column = 'd:m';
const pendingColumn: Column = 'd:p';
const versionColumn = (number: number): Column => `d:n.${String(number)}`;

/** The model without its versions, and what it is to become. */
export const modelColumns = [isColumn, pendingColumn];

/** The columns of the model and of those versions of it. */
export const modelSelection = (numbers: Iterable<number>): { readonly columns: readonly Column[] } =>
  columnsOrAll([...modelColumns, ...Array.from(numbers, versionColumn)]);

/** A model's row; neither of both where the model was deleted, or its name was taken before it came to be. */
export interface ModelRow extends NamedRow {
  readonly is: RegisteredModel | undefined;
}

export function decodeModelRow(modelId: string, cells: ReadonlyMap<Column, Buffer>): ModelRow {
  const [is, pending] = [decodeModel(modelId, cells.get(isColumn)), cells.get(pendingColumn)];
  if (pending === undefined || pending.equals(removed)) return { is, name: is?.name, pending: undefined };
  const { token, name, next } = decodeJson(`Model ${modelId}`, pending) as unknown as PendingRecord;
  const granted = (): ReadonlyMap<Column, Buffer> =>
    new Map([...next.map(([column, text]) => [column, Buffer.from(text)] as const), [pendingColumn, removed]]);
  return { is, name: is?.name, pending: { token, name, granted } };
}

/** Of those numbers, those whose versions are gone, whatever the model says of them. */
export const removedVersions = (cells: ReadonlyMap<Column, Buffer>, numbers: readonly number[]): readonly number[] =>
  numbers.filter((number) => cells.get(versionColumn(number))?.equals(removed) === true);

/** The versions of those numbers. @throws StoreCorrupt where one is not among the cells */
export function decodeVersions(
  modelId: string,
  cells: ReadonlyMap<Column, Buffer>,
  numbers: Iterable<number>,
): ReadonlyMap<number, ModelVersion> {
  const versions = new Map<number, ModelVersion>();
  for (const number of numbers) {
    const cell = cells.get(versionColumn(number));
    const what = `Version ${String(number)} of model ${modelId}`;
    if (cell === undefined) throw new StoreCorrupt(`${what} is not there.`);
    versions.set(number, decodeVersion(number, decodeJson(what, cell)));
  }
  return versions;
}

/** The cells of a model as it is now, and of the versions that were added or changed, or deleted. */
export function modelCells(
  is: RegisteredModel,
  versions: ReadonlyMap<number, ModelVersion> = new Map(),
  deleted?: number,
): ReadonlyMap<Column, Buffer> {
  const cells = new Map([[isColumn, encodeJson(recordOf(is))]]);
  for (const [number, version] of versions) cells.set(versionColumn(number), encodeJson(versionRecordOf(version)));
  if (deleted !== undefined) cells.set(versionColumn(deleted), removed);
  return cells;
}

/** The cell that says what is written as soon as the model has its name. */
export function pendingModelCells(
  token: string,
  name: string,
  next: ReadonlyMap<Column, Buffer>,
): ReadonlyMap<Column, Buffer> {
  const texts = [...next].map(([column, cell]) => [column, cell.toString()] as const);
  return new Map([[pendingColumn, encodeJson({ token, name, next: texts } satisfies PendingRecord)]]);
}

/** The cells that give a pending change up. */
export const noPendingModelCells: ReadonlyMap<Column, Buffer> = new Map([[pendingColumn, removed]]);

/**
 * What is left of a deleted model. The row stays, so that no write that is late finds it absent; nothing that the model
 * had does, for a delete of cells may bring older ones back.
 */
export const deletedModelCells = (was: RegisteredModel): ReadonlyMap<Column, Buffer> =>
  new Map([[isColumn, removed], ...versionNumbers(was).map((number) => [versionColumn(number), removed] as const)]);

interface PendingRecord {
  readonly token: string;
  readonly name: string;
  readonly next: readonly (readonly [column: Column, text: string])[];
}

/** What the model's cell holds: readable in the HBase shell, and open for more. */
interface ModelRecord {
  readonly name: string;
  readonly description: string;
  readonly created: number;
  readonly updated: number;
  readonly renamed: number;
  /** A letter for each version that was ever made. */
  readonly stages: string;
  readonly hadPromptVersion: boolean;
  readonly aliases: readonly (readonly [string, number])[];
  readonly tags: readonly (readonly [string, string])[];
}

const recordOf = (model: RegisteredModel): ModelRecord => ({
  ...{ name: model.name, description: model.description },
  ...{ created: model.creationTime, updated: model.lastUpdatedTime, renamed: model.renamedTime },
  ...{ stages: encodeStages(model.stages), hadPromptVersion: model.hadPromptVersion },
  ...{ aliases: [...model.aliases], tags: [...model.tags] },
});

function decodeModel(modelId: string, cell: Buffer | undefined): RegisteredModel | undefined {
  if (cell === undefined || cell.equals(removed)) return undefined;
  const record = decodeJson(`Model ${modelId}`, cell) as unknown as ModelRecord;
  return {
    ...{ name: record.name, description: record.description, hadPromptVersion: record.hadPromptVersion },
    ...{ creationTime: record.created, lastUpdatedTime: record.updated, renamedTime: record.renamed },
    stages: decodeStages(record.stages),
    aliases: inKeyOrder(new Map(record.aliases)),
    tags: inKeyOrder(new Map(record.tags)),
  };
}

interface VersionRecord {
  readonly created: number;
  readonly updated: number;
  readonly description?: string | undefined;
  readonly source: string;
  /** Left out where it is the source. */
  readonly location?: string;
  readonly run: string;
  readonly link: string;
  readonly tags: readonly (readonly [string, string])[];
}

function versionRecordOf(version: ModelVersion): VersionRecord {
  const { creationTime: created, lastUpdatedTime: updated, description, source, runId: run, runLink: link } = version;
  const location = version.storageLocation === source ? {} : { location: version.storageLocation };
  return { created, updated, description, source, ...location, run, link, tags: [...version.tags] };
}

function decodeVersion(version: number, record: Readonly<Record<string, unknown>>): ModelVersion {
  const { created, updated, description, source, location, run, link, tags } = record as unknown as VersionRecord;
  return {
    ...{ version, creationTime: created, lastUpdatedTime: updated, description, source, runId: run, runLink: link },
    storageLocation: location ?? source,
    tags: inKeyOrder(new Map(tags)),
  };
}
