import { mkdirSync } from 'node:fs';
import { open } from 'lmdb';
import type { Database, RootDatabase } from 'lmdb';
import { StoreCorrupt, StoreUnavailable } from '../contract/index.ts';

/** The layout that this version reads and writes; docs/decisions/0003-lmdb-layout.md describes it. */
export const schemaVersion = 1;

type Binary = Database<Buffer, Buffer>;
type Text = Database<string, Buffer>;

/**
 * The LMDB environment and its databases. All keys are bytes in an order that the layout relies on, values are what the
 * names say. `write` is the only way to change anything.
 */
export interface Environment {
  /** `schema` and the counters. */
  readonly meta: Database<number, string>;
  /** Experiment id (8 bytes) -> record. */
  readonly experiments: Database<unknown, Buffer>;
  /** SHA-256 of an experiment's name -> its id. */
  readonly names: Text;
  /** Run id -> row key of the run. */
  readonly rowOfRun: Binary;
  /** Row key -> a run's attributes. */
  readonly infos: Database<unknown, Buffer>;
  /** Row key and key -> value. */
  readonly params: Text;
  readonly tags: Text;
  /** Row key and metric key -> the latest point. */
  readonly metrics: Binary;
  /** Row key, metric key and block number -> a block of points. */
  readonly points: Binary;
  /** Number (8 bytes) -> a registered model. */
  readonly registeredModels: Database<unknown, Buffer>;
  /** A registered model's name (UTF-8) -> its number. */
  readonly registeredNames: Binary;
  /** A registered model's number and a version (4 bytes) -> the version. */
  readonly modelVersions: Database<unknown, Buffer>;
  /** SHA-256 of a run id, a registered model's number and a version -> nothing. */
  readonly versionsOfRun: Binary;
  /** Row key -> what a run used and made. */
  readonly links: Database<unknown, Buffer>;
  /** Experiment id and a hash of name and digest -> a dataset. */
  readonly datasets: Database<unknown, Buffer>;
  /** The same and a hash of the context -> one use of the dataset. */
  readonly datasetUses: Database<unknown, Buffer>;
  /** Logged model's id -> its row key. */
  readonly rowOfModel: Binary;
  /** Row key -> a logged model, but for its metrics. */
  readonly models: Database<unknown, Buffer>;
  /** Row key, metric key, timestamp, step, run id -> the value and the dataset of one point of a logged model. */
  readonly modelPoints: Database<unknown, Buffer>;
  /** Row key -> what is left to be removed of a run or logged model, or experiment id (8 bytes) -> of an experiment. */
  readonly removedRuns: Database<unknown, Buffer>;
  readonly removedModels: Database<unknown, Buffer>;
  readonly removedExperiments: Database<unknown, Buffer>;
  /** SHA-256 of what an import brings -> what imports have done of it. */
  readonly imports: Database<unknown, Buffer>;
  /**
   * Runs `change` alone, with reads that see its own writes, and resolves with its result after the commit has been
   * flushed. Changes that wait at the same time share one flush (group commit). Where `change` throws, nothing of it is
   * written.
   */
  write<T>(change: () => T): Promise<T>;
  close(): Promise<void>;
}

/**
 * Opens the environment in a folder, made if need be.
 * @throws StoreUnavailable where the folder cannot be used, StoreCorrupt where a newer version wrote it
 */
export async function openEnvironment(path: string): Promise<Environment> {
  const root = openRoot(path);
  const binary = (name: string): Binary => root.openDB({ name, keyEncoding: 'binary', encoding: 'binary' });
  const text = (name: string): Text => root.openDB({ name, keyEncoding: 'binary', encoding: 'string' });
  const record = (name: string): Database<unknown, Buffer> => root.openDB({ name, keyEncoding: 'binary' });
  const meta: Database<number, string> = root.openDB({ name: 'meta' });

  const environment: Environment = {
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
    write: (change) => flushed(root, change),
    close: () => root.close(),
  };
  await checkSchema(environment, path);
  return environment;
}

function openRoot(path: string): RootDatabase {
  try {
    mkdirSync(path, { recursive: true, mode: 0o700 });
    // lmdb passes it on, and its types leave it out.
    const privately = { permissionsMode: 0o600 };
    return open({ path, maxDbs: 32, ...privately });
  } catch (error) {
    throw new StoreUnavailable(`The store folder ${path} cannot be used: ${messageOf(error)}`, { cause: error });
  }
}

/** lmdb resolves a transaction when its commit has been flushed; test/durability holds the flush back to prove it. */
async function flushed<T>(root: RootDatabase, change: () => T): Promise<T> {
  let refusal: { readonly error: unknown } | undefined;
  let result: T | undefined;
  try {
    await root.childTransaction(() => {
      try {
        result = change();
      } catch (error) {
        refusal = { error };
        throw error;
      }
    });
  } catch (error) {
    if (refusal) throw refusal.error;
    throw new StoreUnavailable(`The store could not write: ${messageOf(error)}`, { cause: error });
  }
  return result as T;
}

async function checkSchema({ meta, write, close }: Environment, path: string): Promise<void> {
  const found = meta.get('schema');
  if (found === schemaVersion) return;
  if (found === undefined) return write(() => void meta.putSync('schema', schemaVersion));
  await close();
  throw new StoreCorrupt(
    `The store in ${path} has layout ${found}; this version of Kirka reads layout ${schemaVersion}.`,
  );
}

const messageOf = (error: unknown): string => (error instanceof Error ? error.message : String(error));
