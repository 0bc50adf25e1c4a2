import type { CallContext } from '../../call-context.ts';
import { inKeyOrder } from '../../entities/order.ts';
import type { ModelVersion, RegisteredModel } from '../../entities/registered-model.ts';
import { isFoundAsPrompt } from '../../entities/registered-model.ts';
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
import { StoreCorrupt } from '../contract/index.ts';
import { AbsentVersions, numbersOf, withPresentVersions } from '../absent-versions.ts';
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
  versionOf,
  versionsOf,
  versionsOfRun,
} from './registered-keys.ts';
import type { Entry } from './table.ts';

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
      this.#env.meta.put(counter, number + 1);
      this.#env.registeredNames.put(nameKey, modelKey(number));
      this.#env.registeredModels.put(modelKey(number), encodeModel(model));
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
      this.#env.registeredModels.put(key, encodeModel(model));
      return { model, versions: this.#writeVersions(key, model, patch) };
    });
  }

  async delete(context: CallContext, name: string): Promise<boolean> {
    return this.#env.write(() => {
      const nameKey = registeredNameKey(name);
      const key = nameKey && this.#env.registeredNames.get(nameKey);
      const model = key && this.#model(key);
      if (nameKey === undefined || key === undefined || model === undefined) return false;
      for (const row of this.#env.modelVersions.keys(versionsOf(key))) this.#removeVersion(row);
      this.#env.registeredModels.remove(key);
      this.#env.registeredNames.remove(nameKey);
      return true;
    });
  }

  async *scan(
    context: CallContext,
    { after, versions, expect = 100 }: RegisteredModelScan,
  ): AsyncIterable<readonly ModelWithVersions[]> {
    const limit = Math.max(1, Math.min(largestPage, expect));
    const behind = { after: after === undefined ? undefined : nameBoundary(after) };
    const keyOf = ({ value }: Entry<Buffer>): Buffer => value;
    // One that is renamed meanwhile is met again under its new name.
    const seen = new Set<string>();
    const isFresh = (key: Buffer): boolean => {
      const before = seen.size;
      return seen.add(key.toString('latin1')).size > before;
    };
    for await (const keys of pagesOf(context, this.#env.registeredNames, keyOf, limit, behind)) {
      const page = keys.filter(isFresh).flatMap((key) => this.#read(context, key, versions) ?? []);
      if (page.length > 0) yield page;
    }
  }

  async namesOfRuns(context: CallContext, runIds: readonly string[]): Promise<readonly string[]> {
    const names = new Set<string>();
    for (const runId of new Set(runIds)) {
      for (const entry of this.#env.versionsOfRun.keys(versionsOfRun(runId))) {
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
    return this.#env.registeredModels.get(key, decodeModel);
  }

  #version(row: Buffer): ModelVersion | undefined {
    return this.#env.modelVersions.get(row, (record) => decodeVersion(versionOf(row), record));
  }

  /** One that a write has found to be there. */
  #presentVersion(row: Buffer): ModelVersion {
    const version = this.#version(row);
    if (version === undefined) throw new StoreCorrupt(`The record of version ${String(versionOf(row))} is not there.`);
    return version;
  }

  #read(context: CallContext, key: Buffer, wanted: VersionsWanted): ModelWithVersions | undefined {
    const model = this.#model(key);
    return model && this.#withVersions(context, key, model, wanted);
  }

  #withVersions(context: CallContext, key: Buffer, stored: RegisteredModel, wanted: VersionsWanted): ModelWithVersions {
    const read = (model: RegisteredModel) => {
      const [versions, absent]: [Map<number, ModelVersion>, number[]] = [new Map(), []];
      for (const number of numbersOf(model, wanted)) {
        const version = this.#version(versionKey(key, number));
        if (version === undefined) absent.push(number);
        else versions.set(number, version);
      }
      return { versions, absent };
    };
    const { model, derived } = withPresentVersions(
      stored,
      read,
      ({ absent }) => absent,
      (current, absent) => {
        this.#absent.tell(context, current, absent);
      },
    );
    return { model, versions: derived.versions };
  }

  /** What is to be written, and the model that it was decided for. Runs inside a write. */
  #decided(
    context: CallContext,
    key: Buffer,
    stored: RegisteredModel,
    decide: (current: RegisteredModel) => RegisteredModelPatch,
  ): { current: RegisteredModel; patch: RegisteredModelPatch } {
    const { model, derived } = withPresentVersions(
      stored,
      (current) => {
        const patch = decide(current);
        return { patch, touched: versionsIn(current, patch) };
      },
      ({ touched }) => touched.filter((number) => !this.#env.modelVersions.has(versionKey(key, number))),
      (current, absent) => {
        this.#absent.tell(context, current, absent);
      },
    );
    return { current: model, patch: derived.patch };
  }

  /** @returns false where the name is another's */
  #rename(key: Buffer, from: string, to: string): boolean {
    const [old, next] = [requiredNameKey(from), requiredNameKey(to)];
    if (this.#env.registeredNames.get(next) !== undefined) return false;
    this.#env.registeredNames.remove(old);
    this.#env.registeredNames.put(next, key);
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
      const next = patchedVersion(this.#presentVersion(row), patch);
      this.#env.modelVersions.put(row, encodeVersion(next));
      written.set(number, next);
    }
    if (addVersion !== undefined) {
      const number = stages.length;
      const row = versionKey(key, number);
      const added = { ...addVersion, tags: inKeyOrder(addVersion.tags), version: number };
      this.#env.modelVersions.put(row, encodeVersion(added));
      if (added.runId !== '') this.#env.versionsOfRun.put(runVersionKey(added.runId, row), nothing);
      written.set(number, added);
    }
    if (deleteVersion !== undefined) this.#removeVersion(versionKey(key, deleteVersion));
    return written;
  }

  #promptMark(key: Buffer, deleted: number | undefined): Partial<RegisteredModel> {
    if (deleted === undefined) return {};
    const { tags } = this.#presentVersion(versionKey(key, deleted));
    return isFoundAsPrompt(tags) ? { hadPromptVersion: true } : {};
  }

  #removeVersion(row: Buffer): void {
    const { runId } = this.#presentVersion(row);
    if (runId !== '') this.#env.versionsOfRun.remove(runVersionKey(runId, row));
    this.#env.modelVersions.remove(row);
  }
}

function requiredNameKey(name: string): Buffer {
  const key = registeredNameKey(name);
  if (key === undefined) throw new RangeError(`No name of a registered model: ${String(name.length)} characters`);
  return key;
}
