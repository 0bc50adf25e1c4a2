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
import type { Entry, Table } from './table.ts';

type RemovalRecord = [step: RemovalStep, record: unknown];

const pageSize = 500;

/** One kind of thing, and where its records are. */
interface Kind<Info> {
  readonly live: Table<unknown>;
  readonly removed: Table<unknown>;
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
      env.links.remove(row);
      env.rowOfRun.remove(idKey(runId));
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
      env.rowOfModel.remove(idKey(modelId));
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
      env.names.remove(nameKey(name));
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
      const found = removed.get(key, decodeRemoval);
      if (found === undefined) return false;
      const [step, record] = found;
      if (!steps.includes(step)) return false;
      use(key, record);
      return true;
    });
  }

  return {
    begin: (context, id, isWanted) =>
      write(() => {
        const key = keyOf(id);
        const found = key && live.get(key, (record) => ({ record, info: decode(key, record) }));
        if (key === undefined || found === undefined) return undefined;
        const { record, info } = found;
        if (!isWanted(info)) return undefined;
        removed.put(key, ['begun', record] satisfies RemovalRecord);
        live.remove(key);
        return info;
      }),
    undo: (context, info) =>
      at(info, ['begun'], (key, record) => {
        live.put(key, record);
        removed.remove(key);
      }),
    decide: (context, info) =>
      at(info, ['begun', 'decided'], (key, record) => {
        removed.put(key, ['decided', record] satisfies RemovalRecord);
      }),
    finish: async (context, info) => {
      await at(info, ['decided'], (key) => {
        erase(info, key);
        removed.remove(key);
      });
    },
  };
}

async function* scan<Info>(
  context: CallContext,
  { removed, decode }: Kind<Info>,
  range?: KeyRange,
): AsyncGenerator<readonly Removal<Info>[]> {
  const removalOf = ({ key, value }: Entry<unknown>): Removal<Info> => {
    const [step, record] = decodeRemoval(value);
    return { info: decode(key, record), step };
  };
  yield* pagesOf(context, removed, removalOf, pageSize, range);
}

function decodeRemoval(record: unknown): RemovalRecord {
  if (!Array.isArray(record)) throw new StoreCorrupt('A removal is no record.');
  return record as RemovalRecord;
}

function removeRange(table: Pick<Table<unknown>, 'keys' | 'remove'>, range: KeyRange): void {
  for (const key of table.keys(range)) table.remove(key);
}

/** Id and experiment of a row. */
function placeOf(row: Buffer): [id: string, experimentId: string] {
  const experimentId = experimentIn(row);
  return [idOf(row, experimentPrefix(experimentId).length), experimentId];
}
