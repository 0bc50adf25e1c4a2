import { background } from '../../call-context.ts';
import type { CallContext } from '../../call-context.ts';
import type { RegisteredModel } from '../../entities/registered-model.ts';
import type {
  ModelWithVersions,
  NameTaken,
  NewRegisteredModel,
  RegisteredModelPatch,
  RegisteredModelScan,
  RegisteredModelStore,
  VersionsWanted,
} from '../contract/index.ts';
import { noVersions, StoreUnavailable } from '../contract/index.ts';
import { newModel } from '../registered-patch.ts';
import { completeGet } from './complete-get.ts';
import { completeScan } from './complete-scan.ts';
import { modelKey, modelNameBehind, modelNameGroup, modelNameKey } from './keys.ts';
import { ModelReader } from './model-reader.ts';
import {
  decodeModelRow,
  deletedModelCells,
  modelCells,
  modelColumns,
  modelSelection,
  noPendingModelCells,
  pendingModelCells,
} from './model-row.ts';
import { modelChange } from './model-update.ts';
import type { Step } from './model-update.ts';
import { claimColumns, holderIn, NameClaims } from './name-claim.ts';
import type { Outcome } from './pending-changes.ts';
import { PendingChanges } from './pending-changes.ts';
import type { HBaseRest } from './rest/contract.ts';
import { RunModels } from './run-models.ts';
import { Turns } from './turns.ts';
import { newToken } from './versioned-row.ts';
import type { Change, VersionedRows } from './versioned-row.ts';

/** How many models a scan reads at a time behind their names. */
const modelsAtOnce = 200;

/**
 * Registered models, a row each under a random id, with all their versions. A model's row alone decides what it is and
 * what it is called; rows of names, in the order of names, lead to it (`NameClaims`). Creations and renamings are written
 * beside what is first and take effect, all at once, when they have the name (`PendingChanges`). What was deleted leaves
 * its empty row; its name leads to that until another takes it.
 */
export class HBaseRegisteredModels implements RegisteredModelStore {
  readonly #rest: HBaseRest;
  readonly #table: string;
  readonly #rows: VersionedRows;
  readonly #names: NameClaims;
  readonly #pending: PendingChanges;
  readonly #reader: ModelReader;
  readonly #runs: RunModels;
  readonly #turns = new Turns();

  constructor(rest: HBaseRest, rows: VersionedRows, table: string) {
    this.#rest = rest;
    this.#table = table;
    this.#rows = rows;
    this.#names = new NameClaims({
      ...{ rows, table, keyOf: requiredNameKey },
      bears: (id, name) => this.#pending.bears(id, name),
    });
    this.#pending = new PendingChanges({
      ...{ rows, table, names: this.#names, keyOf: modelKey, columns: modelColumns },
      ...{ decode: decodeModelRow, refused: noPendingModelCells },
    });
    this.#reader = new ModelReader(rest, table);
    this.#runs = new RunModels(rest, table);
  }

  /** In turn by name: those of one backend that come too late leave no row of theirs behind. */
  async create(context: CallContext, registered: NewRegisteredModel): Promise<RegisteredModel | NameTaken> {
    const { name } = registered;
    return this.#turns.take(requiredNameKey(name), async () => {
      const holder = await this.#names.holderOf(background, name);
      if (holder !== undefined && (await this.#pending.bears(holder, name))) return 'name taken';
      const [id, token, model] = [newToken(), newToken(), newModel(registered)];
      const cells = pendingModelCells(token, name, modelCells(model));
      const place = (): Change<undefined> => ({ cells, result: undefined });
      await this.#rows.update(this.#table, modelKey(id), place, { isNew: true, selection: modelSelection([]) });
      return (await this.#hasName(id, token)) ? model : 'name taken';
    });
  }

  async get(context: CallContext, name: string, versions: VersionsWanted): Promise<ModelWithVersions | undefined> {
    const id = await this.#holderOf(context, name);
    const found = id === undefined ? undefined : await this.#reader.read(context, id, versions);
    return found?.model.name === name ? found : undefined;
  }

  async getMany(
    context: CallContext,
    names: readonly string[],
    versions: VersionsWanted,
  ): Promise<ReadonlyMap<string, ModelWithVersions>> {
    const wanted = new Set(names.filter((name) => modelNameKey(name) !== undefined));
    const claims = await completeGet(context, this.#rest, this.#table, [...wanted].map(requiredNameKey), {
      columns: claimColumns,
    });
    return this.#named(
      context,
      [...claims.values()].map(({ cells }) => holderIn(cells)),
      versions,
      (name) => wanted.has(name),
    );
  }

  async update(
    context: CallContext,
    name: string,
    decide: (current: RegisteredModel) => RegisteredModelPatch,
  ): Promise<ModelWithVersions | NameTaken | undefined> {
    const modelId = await this.#holderOf(context, name);
    if (modelId === undefined) return undefined;
    const [versions, runs] = [new Set<number>(), new Set<string>()];
    const update = { ...{ modelId, name, decide, token: newToken() }, versions, runs };
    for (;;) {
      const step = await this.#rows.update<Step>(this.#table, modelKey(modelId), (row) => modelChange(row, update), {
        selection: modelSelection(versions),
      });
      switch (step.is) {
        case 'absent':
          return undefined;
        case 'pending':
          await this.#pending.finish(modelId);
          break;
        case 'unready':
          for (const runId of step.runs) await this.#runs.add(runId, modelId);
          for (const runId of step.runs) runs.add(runId);
          for (const number of step.versions) versions.add(number);
          break;
        case 'written':
          return step.next;
        case 'renaming':
          return (await this.#hasName(modelId, update.token)) ? step.next : 'name taken';
      }
    }
  }

  async delete(context: CallContext, name: string): Promise<boolean> {
    const id = await this.#holderOf(context, name);
    if (id === undefined) return false;
    for (;;) {
      const result = await this.#rows.update<boolean | 'pending'>(
        this.#table,
        modelKey(id),
        ({ cells }) => {
          const { is, pending } = decodeModelRow(id, cells);
          if (pending) return { cells: new Map(), result: 'pending' };
          if (is?.name !== name) return { cells: new Map(), result: false };
          return { cells: deletedModelCells(is), result: true };
        },
        { selection: modelSelection([]) },
      );
      if (result !== 'pending') return result;
      await this.#pending.finish(id);
    }
  }

  /** Of the names in their order, those whose models bear them. */
  async *scan(
    context: CallContext,
    { after, versions, expect = 100 }: RegisteredModelScan,
  ): AsyncIterable<readonly ModelWithVersions[]> {
    const start = after === undefined ? {} : { start: modelNameBehind(after) };
    const scan = { columns: claimColumns, group: modelNameGroup, ...start, expect };
    // One that is renamed meanwhile is met again under its new name.
    const seen = new Set<string>();
    for await (const rows of completeScan(context, this.#rest, this.#table, scan)) {
      for (let i = 0; i < rows.length; i += modelsAtOnce) {
        const some = rows.slice(i, i + modelsAtOnce);
        const places = new Map(some.map(({ key }, place) => [key, place]));
        const holders = some.map(({ cells }) => holderIn(cells)).map((id) => (id && seen.has(id) ? undefined : id));
        const placeOf = (name: string): number | undefined => places.get(modelNameKey(name) ?? '');
        const found = await this.#named(context, holders, versions, (name) => placeOf(name) !== undefined);
        const page = [...found.values()].sort((a, b) => (placeOf(a.model.name) ?? 0) - (placeOf(b.model.name) ?? 0));
        for (const { model } of page) {
          const id = holders[placeOf(model.name) ?? -1];
          if (id !== undefined) seen.add(id);
        }
        if (page.length > 0) yield page;
      }
    }
  }

  async namesOfRuns(context: CallContext, runIds: readonly string[]): Promise<readonly string[]> {
    const models = await this.#reader.readMany(context, await this.#runs.modelsOf(context, runIds), noVersions);
    return [...models.values()].map(({ model }) => model.name);
  }

  /** The id that may bear the name: its row decides. */
  async #holderOf(context: CallContext, name: string): Promise<string | undefined> {
    return modelNameKey(name) === undefined ? undefined : this.#names.holderOf(context, name);
  }

  /** The models of those ids whose names are among those wanted, by name. */
  async #named(
    context: CallContext,
    holders: readonly (string | undefined)[],
    versions: VersionsWanted,
    isWanted: (name: string) => boolean,
  ): Promise<ReadonlyMap<string, ModelWithVersions>> {
    const ids = holders.filter((holder) => holder !== undefined);
    const found = await this.#reader.readMany(context, ids, versions);
    return new Map([...found.values()].flatMap((read) => (isWanted(read.model.name) ? [[read.model.name, read]] : [])));
  }

  /** Finishes what was begun under the token. @returns false where the name is another's */
  async #hasName(id: string, token: string): Promise<boolean> {
    const outcome: Outcome = await this.#pending.finish(id, token);
    if (outcome === 'unknown') throw new StoreUnavailable('It is not known whether the model was given its name.');
    return outcome === 'granted';
  }
}

/** @throws RangeError */
function requiredNameKey(name: string): string {
  const key = modelNameKey(name);
  if (key === undefined) throw new RangeError(`No name of a registered model: ${String(name.length)} characters`);
  return key;
}
