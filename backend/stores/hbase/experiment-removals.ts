import type { Experiment } from '../../entities/experiment.ts';
import { forEachOf } from '../../several.ts';
import type { ExperimentRemovals, RemovalStep } from '../contract/index.ts';
import { completeScan } from './complete-scan.ts';
import type { ExperimentRow } from './experiment-row.ts';
import { decodeExperimentRow, experimentColumns, goneCells, removalCells } from './experiment-row.ts';
import { datasetGroup, experimentGroup, experimentIdOf, experimentKey } from './keys.ts';
import type { PendingChanges } from './pending-changes.ts';
import type { Column, HBaseRest } from './rest/contract.ts';
import type { Change, VersionedRows } from './versioned-row.ts';

const selection = { columns: experimentColumns };
const scannedAtOnce = 200;
const rowsAtOnce = 16;

interface Access {
  readonly rest: HBaseRest;
  readonly rows: VersionedRows;
  readonly table: string;
}

/** What one look at the row came to. */
interface Step<T> {
  readonly cells?: ReadonlyMap<Column, Buffer>;
  readonly result: T;
}

/**
 * The removal of experiments. Their rows stay, empty but for the version, as those of deleted models do: ids are found by
 * looking for a row that no experiment has, and none is given twice. The claim of the name stays, too, and counts as none.
 * @param pending of the experiments themselves: a change of name is finished before anything else
 */
export function experimentRemovals(
  { rest, rows, table }: Access,
  pending: Pick<PendingChanges, 'finish'>,
): ExperimentRemovals {
  /** Looks at the row, once nothing is pending on it, and writes what `decide` says. */
  async function change<T>(id: string, absent: T, decide: (row: ExperimentRow) => Step<T>): Promise<T> {
    const key = experimentKey(id);
    if (key === undefined) return absent;
    for (;;) {
      const result = await rows.update<T | 'pending'>(
        table,
        key,
        ({ cells }): Change<T | 'pending'> => {
          const row = decodeExperimentRow(id, cells);
          if (row.pending) return { cells: new Map(), result: 'pending' };
          return { cells: new Map(), ...decide(row) };
        },
        { selection },
      );
      if (result !== 'pending') return result;
      await pending.finish(id);
    }
  }

  const move = (info: Experiment, from: readonly RemovalStep[], to: RemovalStep | undefined): Promise<boolean> =>
    change(info.experimentId, false, ({ removal }) => {
      if (removal === undefined || !from.includes(removal.step)) return { result: false };
      return { ...(removal.step !== to && { cells: removalCells(removal.info, to) }), result: true };
    });

  return {
    begin: (context, id, isWanted) =>
      change<Experiment | undefined>(id, undefined, ({ is }) =>
        is && isWanted(is) ? { cells: removalCells(is, 'begun'), result: is } : { result: undefined },
      ),

    undo: (context, info) => move(info, ['begun'], undefined),

    decide: (context, info) => move(info, ['begun', 'decided'], 'decided'),

    async finish(context, { experimentId }) {
      const isDecided = await change(experimentId, false, ({ removal }) => ({ result: removal?.step === 'decided' }));
      if (!isDecided) return;
      for await (const page of completeScan(context, rest, table, {
        group: datasetGroup(experimentId),
        columns: [],
        expect: 500,
      })) {
        await forEachOf(page, ({ key }) => rest.deleteRow(table, key), rowsAtOnce);
      }
      await change(experimentId, undefined, ({ removal }) => ({
        ...(removal && { cells: goneCells }),
        result: undefined,
      }));
    },

    async *scan(context) {
      const scan = { ...selection, group: experimentGroup, expect: scannedAtOnce };
      for await (const page of completeScan(context, rest, table, scan)) {
        const found = page.flatMap(({ key, cells }) => decodeExperimentRow(experimentIdOf(key), cells).removal ?? []);
        if (found.length > 0) yield found;
      }
    },
  };
}
