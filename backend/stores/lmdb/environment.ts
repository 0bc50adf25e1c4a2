import type { Database, RootDatabase } from 'lmdb';
import { StoreCorrupt, StoreUnavailable } from '../contract/index.ts';
import { openFailure } from './failures.ts';
import { openRoot } from './open-root.ts';
import { sameFiles } from './same-files.ts';
import { Table } from './table.ts';
import type { Guard } from './table.ts';
import { Writer } from './writer.ts';

/** The layout that this version reads and writes; docs/decisions/0003-lmdb-layout.md describes it. */
export const schemaVersion = 1;

type Binary = Table<Buffer>;
type Text = Table<string>;
type Records = Table<unknown>;

/**
 * The LMDB environment and its databases. All keys are bytes in an order that the layout relies on, values are what the
 * names say. `write` is the only way to change anything.
 */
export interface Environment {
  /** `schema` and the counters. */
  readonly meta: Table<number, string>;
  /** Experiment id (8 bytes) -> record. */
  readonly experiments: Records;
  /** SHA-256 of an experiment's name -> its id. */
  readonly names: Text;
  /** Run id -> row key of the run. */
  readonly rowOfRun: Binary;
  /** Row key -> a run's attributes. */
  readonly infos: Records;
  /** Row key and key -> value. */
  readonly params: Text;
  readonly tags: Text;
  /** Row key and metric key -> the latest point. */
  readonly metrics: Binary;
  /** Row key, metric key and block number -> a block of points. */
  readonly points: Binary;
  /** Number (8 bytes) -> a registered model. */
  readonly registeredModels: Records;
  /** A registered model's name (UTF-8) -> its number. */
  readonly registeredNames: Binary;
  /** A registered model's number and a version (4 bytes) -> the version. */
  readonly modelVersions: Records;
  /** SHA-256 of a run id, a registered model's number and a version -> nothing. */
  readonly versionsOfRun: Binary;
  /** Row key -> what a run used and made. */
  readonly links: Records;
  /** Experiment id and a hash of name and digest -> a dataset. */
  readonly datasets: Records;
  /** The same and a hash of the context -> one use of the dataset. */
  readonly datasetUses: Records;
  /** Logged model's id -> its row key. */
  readonly rowOfModel: Binary;
  /** Row key -> a logged model, but for its metrics. */
  readonly models: Records;
  /** Row key, metric key, timestamp, step, run id -> the value and the dataset of one point of a logged model. */
  readonly modelPoints: Records;
  /** Row key -> what is left to be removed of a run or logged model, or experiment id (8 bytes) -> of an experiment. */
  readonly removedRuns: Records;
  readonly removedModels: Records;
  readonly removedExperiments: Records;
  /** SHA-256 of what an import brings -> what imports have done of it. */
  readonly imports: Records;
  /**
   * Runs `change` alone, with reads that see its own writes, and resolves with its result after the commit has been
   * flushed. Changes that wait at the same time share one flush (group commit). Where `change` throws, nothing of it is
   * written.
   */
  write<T>(change: () => T): Promise<T>;
  /** @throws StoreUnavailable where it cannot be read, or where what is written would be lost */
  check(): void;
  /** What is under way must have ended. */
  close(): Promise<void>;
}

/**
 * Opens the environment in a folder, made if need be.
 * @throws StoreUnavailable where the folder cannot be used, StoreCorrupt where a newer version wrote it
 */
export async function openEnvironment(path: string): Promise<Environment> {
  const root = await openRoot(path);
  let environment: Environment | undefined;
  try {
    environment = environmentOf(root, path);
    await checkSchema(environment, path);
    return environment;
  } catch (error) {
    await (environment ?? root).close().catch(() => undefined);
    throw openFailure(error, path);
  }
}

function environmentOf(root: RootDatabase, path: string): Environment {
  let isClosed = false;
  const guard: Guard = {
    use: () => {
      if (isClosed) throw new StoreUnavailable('The store is closed.');
      writer.use();
    },
    renew: () => {
      root.resetReadTxn();
    },
  };
  const binary = (name: string): Binary =>
    new Table(name, root.openDB({ name, keyEncoding: 'binary', encoding: 'binary' }), guard);
  const text = (name: string): Text =>
    new Table(name, root.openDB({ name, keyEncoding: 'binary', encoding: 'string' }), guard);
  const record = (name: string): Records => new Table(name, root.openDB({ name, keyEncoding: 'binary' }), guard);
  const counters: Database<number, string> = root.openDB({ name: 'meta' });
  const meta = new Table('meta', counters, guard);
  const writer = new Writer({
    root,
    path,
    checkFiles: sameFiles(path),
    isReadable: () => {
      try {
        guard.renew();
        counters.get('schema');
        return true;
      } catch {
        return false;
      }
    },
  });

  return {
    meta,
    experiments: record('experiments'),
    names: text('names'),
    rowOfRun: binary('row-of-run'),
    infos: record('infos'),
    params: text('params'),
    tags: text('tags'),
    metrics: binary('metrics'),
    points: binary('points'),
    registeredModels: record('registered-models'),
    registeredNames: binary('registered-names'),
    modelVersions: record('model-versions'),
    versionsOfRun: binary('versions-of-run'),
    links: record('links'),
    datasets: record('datasets'),
    datasetUses: record('dataset-uses'),
    rowOfModel: binary('row-of-model'),
    models: record('models'),
    modelPoints: record('model-points'),
    removedRuns: record('removed-runs'),
    removedModels: record('removed-models'),
    removedExperiments: record('removed-experiments'),
    imports: record('imports'),
    write: async (change) => {
      guard.use();
      return writer.write(change);
    },
    check: () => {
      writer.check();
      meta.get('schema');
    },
    close: async () => {
      isClosed = true;
      await writer.close();
    },
  };
}

async function checkSchema({ meta, write }: Environment, path: string): Promise<void> {
  const found = meta.get('schema');
  if (found === schemaVersion) return;
  if (found === undefined) {
    await write(() => {
      meta.put('schema', schemaVersion);
    });
    return;
  }
  throw new StoreCorrupt(
    `The store in ${path} has layout ${found}; this version of Kirka reads layout ${schemaVersion}.`,
  );
}
