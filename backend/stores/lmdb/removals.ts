import type { Database } from 'lmdb';
import type { CallContext } from '../../call-context.ts';
import type { Experiment } from '../../entities/experiment.ts';
import type { LoggedModelInfo } from '../../entities/logged-model.ts';
import type { RunInfo } from '../../entities/run.ts';
import type {
  ExperimentRemovals,
  Removal,
  Removals,
  RemovalsInExperiments,
  RemovalStep,
  RemovalStore,
} from '../contract/index.ts';
import { StoreCorrupt } from '../contract/index.ts';
import { decodeExperiment, decodeRun } from './codec.ts';
import type { Environment } from './environment.ts';
import type { KeyRange } from './keys.ts';
import {
  cellsOf,
  experimentIn,
  experimentKey,
  experimentPrefix,
  idKey,
  idOf,
  isPlainId,
  nameKey,
  rowKey,
  rowsOf,
} from './keys.ts';
import { decodeModel } from './model-codec.ts';
import { pagesOf } from './pages.ts';

type RemovalRecord = [step: RemovalStep, record: unknown];

const pageSize = 500;

/** One kind of thing, and where its records are. */
interface Kind<Info> {
  readonly live: Database<unknown, Buffer>;
  readonly removed: Database<unknown, Buffer>;
  /** The key of an id's record; undefined where there is none. */
  readonly keyOf: (id: string) => Buffer | undefined;
  readonly keyIn: (info: Info) => Buffer | undefined;
  readonly decode: (key: Buffer, record: unknown) => Info;
  /** Removes all else. Runs inside a write. */
  readonly erase: (info: Info, key: Buffer) => void;
}

/**
 * What is on its way out has its record in a database of its own, under the same key: whoever reads the other one finds
 * nothing there.
 */
export function lmdbRemovals(env: Environment): RemovalStore {
  const runs: Kind<RunInfo> = {
    live: env.infos,
    removed: env.removedRuns,
    keyOf: (id) => (isPlainId(id) ? env.rowOfRun.get(idKey(id)) : undefined),
    keyIn: ({ experimentId, startTime, runId }) => rowKey(experimentId, startTime, runId),
    decode: (row, record) => decodeRun(...placeOf(row), record),
    erase: ({ runId }, row) => {
      for (const cells of [env.params, env.tags, env.metrics, env.points]) removeRange(cells, cellsOf(row));
      env.links.removeSync(row);
      env.rowOfRun.removeSync(idKey(runId));
    },
  };
  const loggedModels: Kind<LoggedModelInfo> = {
    live: env.models,
    removed: env.removedModels,
    keyOf: (id) => (isPlainId(id) ? env.rowOfModel.get(idKey(id)) : undefined),
    keyIn: ({ experimentId, creationTime, modelId }) => rowKey(experimentId, creationTime, modelId),
    decode: (row, record) => decodeModel(...placeOf(row), record),
    erase: ({ modelId }, row) => {
      removeRange(env.modelPoints, cellsOf(row));
      env.rowOfModel.removeSync(idKey(modelId));
    },
  };
  const experiments: Kind<Experiment> = {
    live: env.experiments,
    removed: env.removedExperiments,
    keyOf: experimentKey,
    keyIn: ({ experimentId }) => experimentKey(experimentId),
    decode: (key, record) => decodeExperiment(String(key.readBigUInt64BE()), record),
    erase: ({ experimentId, name }) => {
      for (const rows of [env.datasets, env.datasetUses]) removeRange(rows, rowsOf(experimentId));
      env.names.removeSync(nameKey(name));
    },
  };
  return {
    runs: inExperiments(env, runs),
    loggedModels: inExperiments(env, loggedModels),
    experiments: {
      ...removals(env, experiments),
      scan: (context) => scan(context, experiments),
    } satisfies ExperimentRemovals,
  };
}

function inExperiments<Info>(env: Environment, kind: Kind<Info>): RemovalsInExperiments<Info> {
  return {
    ...removals(env, kind),
    async *scan(context, experimentIds) {
      for (const id of new Set(experimentIds)) if (isPlainId(id)) yield* scan(context, kind, rowsOf(id));
    },
  };
}

function removals<Info>({ write }: Environment, kind: Kind<Info>): Removals<Info> {
  const { live, removed, keyOf, keyIn, decode, erase } = kind;

  /** Runs `use` on what is on its way out, where the step is one of these. */
  async function at(info: Info, steps: readonly RemovalStep[], use: (key: Buffer, record: unknown) => void) {
    const key = keyIn(info);
    if (key === undefined) return false;
    return write(() => {
      const found: unknown = removed.get(key);
      if (found === undefined) return false;
      const [step, record] = found as RemovalRecord;
      if (!steps.includes(step)) return false;
      use(key, record);
      return true;
    });
  }

  return {
    begin: (context, id, isWanted) =>
      write(() => {
        const key = keyOf(id);
        const record: unknown = key && live.get(key);
        if (key === undefined || record === undefined) return undefined;
        const info = decode(key, record);
        if (!isWanted(info)) return undefined;
        removed.putSync(key, ['begun', record] satisfies RemovalRecord);
        live.removeSync(key);
        return info;
      }),
    undo: (context, info) =>
      at(info, ['begun'], (key, record) => {
        live.putSync(key, record);
        removed.removeSync(key);
      }),
    decide: (context, info) =>
      at(info, ['begun', 'decided'], (key, record) => {
        removed.putSync(key, ['decided', record] satisfies RemovalRecord);
      }),
    finish: async (context, info) => {
      await at(info, ['decided'], (key) => {
        erase(info, key);
        removed.removeSync(key);
      });
    },
  };
}

async function* scan<Info>(
  context: CallContext,
  { removed, decode }: Kind<Info>,
  range?: KeyRange,
): AsyncGenerator<readonly Removal<Info>[]> {
  for await (const page of pagesOf(context, removed, pageSize, range)) {
    yield page.map(({ key, value }) => {
      if (!Array.isArray(value)) throw new StoreCorrupt('A removal is no record.');
      const [step, record] = value as RemovalRecord;
      return { info: decode(key, record), step };
    });
  }
}

function removeRange(database: Database<unknown, Buffer>, range: KeyRange): void {
  for (const key of [...database.getKeys(range)]) database.removeSync(key);
}

/** Id and experiment of a row. */
function placeOf(row: Buffer): [id: string, experimentId: string] {
  const experimentId = experimentIn(row);
  return [idOf(row, experimentPrefix(experimentId).length), experimentId];
}
