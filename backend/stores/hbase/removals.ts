import type { LoggedModelInfo } from '../../entities/logged-model.ts';
import type { RunInfo } from '../../entities/run.ts';
import type { Removal, RemovalsInExperiments, RemovalStep } from '../contract/index.ts';
import { completeScan } from './complete-scan.ts';
import {
  groupOf,
  isPlainId,
  loggedModelGroupOf,
  loggedModelGroups,
  loggedModelIndexKey,
  runGroups,
  runIndexKey,
  runPlace,
} from './keys.ts';
import type { Tables } from './layout.ts';
import { decodeInfo as decodeModelInfo, infoColumn } from './logged-model-row.ts';
import { stepIn, withStep } from './removal-step.ts';
import type { HBaseRest } from './rest/contract.ts';
import type { RowIndex } from './row-index.ts';
import { decodeInfo as decodeRunInfo } from './run-row.ts';
import type { Change, VersionedRows } from './versioned-row.ts';

/** One kind of thing that is a row of the table of runs, with its attributes in the column `d:i`. */
interface Kind<Info> {
  readonly index: RowIndex;
  readonly keyIn: (info: Info) => string;
  readonly indexKeyIn: (info: Info) => string;
  readonly groups: (experimentId: string) => readonly string[];
  readonly decode: (key: string, cell: Buffer) => Info;
}

interface Access {
  readonly rest: HBaseRest;
  readonly rows: VersionedRows;
  readonly tables: Tables;
}

const selection = { columns: [infoColumn] };
const scannedAtOnce = 500;

export const runRemovals = (access: Access, index: RowIndex): RemovalsInExperiments<RunInfo> =>
  removalsOf(access, {
    index,
    keyIn: ({ experimentId, startTime, runId }) => groupOf(experimentId, runId) + runPlace(startTime, runId),
    indexKeyIn: ({ runId }) => runIndexKey(runId),
    groups: runGroups,
    decode: decodeRunInfo,
  });

export const loggedModelRemovals = (access: Access, index: RowIndex): RemovalsInExperiments<LoggedModelInfo> =>
  removalsOf(access, {
    index,
    keyIn: ({ experimentId, creationTime, modelId }) =>
      loggedModelGroupOf(experimentId, modelId) + runPlace(creationTime, modelId),
    indexKeyIn: ({ modelId }) => loggedModelIndexKey(modelId),
    groups: loggedModelGroups,
    decode: decodeModelInfo,
  });

/**
 * The step stands in the attributes' cell, which every read brings, so that what is on its way out is found by none. The
 * row itself goes last, and its row in the index just before: until then a scan of the row's group finds it.
 */
function removalsOf<Info>({ rest, rows, tables }: Access, kind: Kind<Info>): RemovalsInExperiments<Info> {
  const { index, keyIn, indexKeyIn, groups, decode } = kind;

  /** Writes another step where there is one of these. @returns whether there was */
  const move = (info: Info, from: readonly RemovalStep[], to: RemovalStep | undefined): Promise<boolean> =>
    rows.update<boolean>(
      tables.runs,
      keyIn(info),
      ({ cells }): Change<boolean> => {
        const cell = cells.get(infoColumn);
        const step = cell && stepIn(cell);
        if (cell === undefined || step === undefined || !from.includes(step)) return unchanged(false);
        return step === to ? unchanged(true) : { cells: new Map([[infoColumn, withStep(cell, to)]]), result: true };
      },
      { selection },
    );

  return {
    async begin(context, id, isWanted) {
      const key = await index.get(context, id);
      if (key === undefined) return undefined;
      return rows.update<Info | undefined>(
        tables.runs,
        key,
        ({ cells }): Change<Info | undefined> => {
          const cell = cells.get(infoColumn);
          if (cell === undefined || stepIn(cell) !== undefined) return unchanged(undefined);
          const info = decode(key, cell);
          if (!isWanted(info)) return unchanged(undefined);
          return { cells: new Map([[infoColumn, withStep(cell, 'begun')]]), result: info };
        },
        { selection },
      );
    },

    undo: (context, info) => move(info, ['begun'], undefined),

    decide: (context, info) => move(info, ['begun', 'decided'], 'decided'),

    /** Nobody writes to a row that is decided, so a delete without a check takes nothing away that is not meant. */
    async finish(context, info) {
      const key = keyIn(info);
      const cell = (await rest.get(context, tables.runs, key, selection))?.cells.get(infoColumn);
      if (cell === undefined || stepIn(cell) !== 'decided') return;
      await rest.deleteRow(tables.ids, indexKeyIn(info));
      await rest.deleteRow(tables.runs, key);
    },

    async *scan(context, experimentIds) {
      for (const group of [...new Set(experimentIds)].filter(isPlainId).flatMap(groups)) {
        const scan = { group, ...selection, expect: scannedAtOnce };
        for await (const page of completeScan(context, rest, tables.runs, scan)) {
          const found = page.flatMap(({ key, cells }): Removal<Info>[] => {
            const cell = cells.get(infoColumn);
            const step = cell && stepIn(cell);
            return cell && step ? [{ info: decode(key, cell), step }] : [];
          });
          if (found.length > 0) yield found;
        }
      }
    },
  };
}

const unchanged = <T>(result: T): Change<T> => ({ cells: new Map(), result });
