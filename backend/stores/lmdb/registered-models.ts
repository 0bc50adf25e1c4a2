import type { CallContext } from '../../call-context.ts';
import { inKeyOrder } from '../../entities/order.ts';
import type { ModelVersion, RegisteredModel } from '../../entities/registered-model.ts';
import { isFoundAsPrompt, stageOf } from '../../entities/registered-model.ts';
import type {
  ModelWithVersions,
  NameTaken,
  NewRegisteredModel,
  RegisteredModelPatch,
  RegisteredModelScan,
  RegisteredModelStore,
  VersionPatch,
  VersionsWanted,
} from '../contract/index.ts';
import { AbsentVersions, withoutVersions } from '../absent-versions.ts';
import { newModel, patchedModel, patchedVersion, versionsIn } from '../registered-patch.ts';
import type { Environment } from './environment.ts';
import { readMany } from './give-way.ts';
import { pagesOf } from './pages.ts';
import { decodeModel, decodeVersion, encodeModel, encodeVersion } from './registered-codec.ts';
import {
  modelKey,
  modelKeyIn,
  nameBoundary,
  registeredNameKey,
  runVersionKey,
  versionKey,
  versionsOf,
  versionsOfRun,
} from './registered-keys.ts';

const counter = 'next-registered-model';
const largestPage = 500;
const nothing = Buffer.alloc(0);

/** Versions are records of their own, so that a change of one of thousands writes two records. */
export class LmdbRegisteredModels implements RegisteredModelStore {
  readonly #env: Environment;
  readonly #absent = new AbsentVersions();

  constructor(environment: Environment) {
    this.#env = environment;
  }

  async create(context: CallContext, registered: NewRegisteredModel): Promise<RegisteredModel | NameTaken> {
    return this.#env.write(() => {
      const nameKey = requiredNameKey(registered.name);
      if (this.#env.registeredNames.get(nameKey) !== undefined) return 'name taken';
      const number = this.#env.meta.get(counter) ?? 0;
      const model = newModel(registered);
      this.#env.meta.putSync(counter, number + 1);
      this.#env.registeredNames.putSync(nameKey, modelKey(number));
      this.#env.registeredModels.putSync(modelKey(number), encodeModel(model));
      return model;
    });
  }

  async get(context: CallContext, name: string, versions: VersionsWanted): Promise<ModelWithVersions | undefined> {
    const key = this.#keyOf(name);
    return key && this.#read(context, key, versions);
  }

  async getMany(
    context: CallContext,
    names: readonly string[],
    versions: VersionsWanted,
  ): Promise<ReadonlyMap<string, ModelWithVersions>> {
    return readMany(context, names, (name) => {
      const key = this.#keyOf(name);
      return key && this.#read(context, key, versions);
    });
  }

  async update(
    context: CallContext,
    name: string,
    decide: (current: RegisteredModel) => RegisteredModelPatch,
  ): Promise<ModelWithVersions | NameTaken | undefined> {
    return this.#env.write(() => {
      const key = this.#keyOf(name);
      const stored = key && this.#model(key);
      if (key === undefined || stored === undefined) return undefined;
      const { current, patch } = this.#decided(context, key, stored, decide);
      if (patch.name !== undefined && patch.name !== name && !this.#rename(key, name, patch.name)) return 'name taken';
      const model = { ...patchedModel(current, patch), ...this.#promptMark(key, patch.deleteVersion) };
      this.#env.registeredModels.putSync(key, encodeModel(model));
      return { model, versions: this.#writeVersions(key, model, patch) };
    });
  }

  async delete(context: CallContext, name: string): Promise<boolean> {
    return this.#env.write(() => {
      const nameKey = registeredNameKey(name);
      const key = nameKey && this.#env.registeredNames.get(nameKey);
      const model = key && this.#model(key);
      if (nameKey === undefined || key === undefined || model === undefined) return false;
      for (const row of [...this.#env.modelVersions.getKeys(versionsOf(key))]) this.#removeVersion(row);
      this.#env.registeredModels.removeSync(key);
      this.#env.registeredNames.removeSync(nameKey);
      return true;
    });
  }

  async *scan(
    context: CallContext,
    { after, versions, expect = 100 }: RegisteredModelScan,
  ): AsyncIterable<readonly ModelWithVersions[]> {
    const limit = Math.max(1, Math.min(largestPage, expect));
    const behind = { after: after === undefined ? undefined : nameBoundary(after) };
    for await (const names of pagesOf(context, this.#env.registeredNames, limit, behind)) {
      const page = names.flatMap(({ value }) => this.#read(context, value, versions) ?? []);
      if (page.length > 0) yield page;
    }
  }

  async namesOfRuns(context: CallContext, runIds: readonly string[]): Promise<readonly string[]> {
    const names = new Set<string>();
    for (const runId of new Set(runIds)) {
      for (const entry of this.#env.versionsOfRun.getKeys(versionsOfRun(runId))) {
        const model = this.#model(modelKeyIn(entry));
        if (model) names.add(model.name);
      }
    }
    return [...names];
  }

  #keyOf(name: string): Buffer | undefined {
    const key = registeredNameKey(name);
    return key && this.#env.registeredNames.get(key);
  }

  #model(key: Buffer): RegisteredModel | undefined {
    const record = this.#env.registeredModels.get(key);
    return record === undefined ? undefined : decodeModel(record);
  }

  #read(context: CallContext, key: Buffer, wanted: VersionsWanted): ModelWithVersions | undefined {
    const model = this.#model(key);
    return model && this.#withVersions(context, key, model, wanted);
  }

  #withVersions(context: CallContext, key: Buffer, model: RegisteredModel, wanted: VersionsWanted): ModelWithVersions {
    const numbers = [...new Set(wanted(model))].filter((number) => stageOf(model, number) !== undefined);
    const [versions, absent]: [Map<number, ModelVersion>, number[]] = [new Map(), []];
    for (const number of numbers.sort((a, b) => a - b)) {
      const record = this.#env.modelVersions.get(versionKey(key, number));
      if (record === undefined) absent.push(number);
      else versions.set(number, decodeVersion(number, record));
    }
    if (absent.length === 0) return { model, versions };
    this.#absent.tell(context, model, absent);
    return this.#withVersions(context, key, withoutVersions(model, absent), wanted);
  }

  /** What is to be written, and the model that it was decided for. Runs inside a write. */
  #decided(
    context: CallContext,
    key: Buffer,
    current: RegisteredModel,
    decide: (current: RegisteredModel) => RegisteredModelPatch,
  ): { current: RegisteredModel; patch: RegisteredModelPatch } {
    const patch = decide(current);
    const absent = versionsIn(current, patch).filter(
      (number) => !this.#env.modelVersions.doesExist(versionKey(key, number)),
    );
    if (absent.length === 0) return { current, patch };
    this.#absent.tell(context, current, absent);
    return this.#decided(context, key, withoutVersions(current, absent), decide);
  }

  /** @returns false where the name is another's */
  #rename(key: Buffer, from: string, to: string): boolean {
    const [old, next] = [requiredNameKey(from), requiredNameKey(to)];
    if (this.#env.registeredNames.get(next) !== undefined) return false;
    this.#env.registeredNames.removeSync(old);
    this.#env.registeredNames.putSync(next, key);
    return true;
  }

  #writeVersions(
    key: Buffer,
    { stages }: RegisteredModel,
    { addVersion, versions = new Map<number, VersionPatch>(), deleteVersion }: RegisteredModelPatch,
  ): ReadonlyMap<number, ModelVersion> {
    const written = new Map<number, ModelVersion>();
    for (const [number, patch] of versions) {
      const row = versionKey(key, number);
      const next = patchedVersion(decodeVersion(number, this.#env.modelVersions.get(row)), patch);
      this.#env.modelVersions.putSync(row, encodeVersion(next));
      written.set(number, next);
    }
    if (addVersion !== undefined) {
      const number = stages.length;
      const row = versionKey(key, number);
      const added = { ...addVersion, tags: inKeyOrder(addVersion.tags), version: number };
      this.#env.modelVersions.putSync(row, encodeVersion(added));
      if (added.runId !== '') this.#env.versionsOfRun.putSync(runVersionKey(added.runId, row), nothing);
      written.set(number, added);
    }
    if (deleteVersion !== undefined) this.#removeVersion(versionKey(key, deleteVersion));
    return written;
  }

  #promptMark(key: Buffer, deleted: number | undefined): Partial<RegisteredModel> {
    if (deleted === undefined) return {};
    const { tags } = decodeVersion(deleted, this.#env.modelVersions.get(versionKey(key, deleted)));
    return isFoundAsPrompt(tags) ? { hadPromptVersion: true } : {};
  }

  #removeVersion(row: Buffer): void {
    const { runId } = decodeVersion(0, this.#env.modelVersions.get(row));
    if (runId !== '') this.#env.versionsOfRun.removeSync(runVersionKey(runId, row));
    this.#env.modelVersions.removeSync(row);
  }
}

function requiredNameKey(name: string): Buffer {
  const key = registeredNameKey(name);
  if (key === undefined) throw new RangeError(`No name of a registered model: ${String(name.length)} characters`);
  return key;
}
