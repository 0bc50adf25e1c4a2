import type { CallContext } from '../../call-context.ts';
import type { Dataset, DatasetSummary } from '../../entities/dataset.ts';
import type { DatasetKey, DatasetStore } from '../contract/index.ts';
import { completeGet } from './complete-get.ts';
import { completeScan, sentinelColumn } from './complete-scan.ts';
import { datasetGroup, datasetKey, isPlainId } from './keys.ts';
import type { Column, HBaseRest } from './rest/contract.ts';
import { Sentinels } from './sentinels.ts';
import { decodeJson, encodeJson } from './values.ts';
import type { Change, VersionedRows } from './versioned-row.ts';

/** What scans look at; the content, which may be large, is a cell of its own. */
const usesColumn = sentinelColumn;
const contentColumn: Column = 'd:x';

/** null: used for what nobody has said. */
interface UsesRecord {
  readonly name: string;
  readonly digest: string;
  readonly contexts: readonly (string | null)[];
}

/** Datasets, a row each, in the table of experiments. */
export class HBaseDatasets implements DatasetStore {
  readonly #rest: HBaseRest;
  readonly #rows: VersionedRows;
  readonly #table: string;
  readonly #sentinels: Sentinels;

  constructor(rest: HBaseRest, rows: VersionedRows, table: string) {
    this.#rest = rest;
    this.#rows = rows;
    this.#table = table;
    this.#sentinels = new Sentinels(rest, table);
  }

  async register(
    context: CallContext,
    experimentId: string,
    dataset: Dataset,
    usedFor: string | undefined,
  ): Promise<void> {
    if (!isPlainId(experimentId)) throw new RangeError(`No experiment id: ${experimentId}`);
    const { name, digest, ...content } = dataset;
    const use = usedFor ?? null;
    await this.#sentinels.end(datasetGroup(experimentId));
    await this.#rows.update<undefined>(
      this.#table,
      datasetKey({ experimentId, name, digest }),
      ({ cells }): Change<undefined> => {
        const known = cells.get(usesColumn);
        const contexts = known === undefined ? [] : decodeUses(known).contexts;
        if (contexts.includes(use)) return { cells: new Map(), result: undefined };
        const uses: UsesRecord = { name, digest, contexts: [...contexts, use] };
        const written = new Map([[usesColumn, encodeJson(uses)]]);
        if (known === undefined) written.set(contentColumn, encodeJson(content));
        return { cells: written, result: undefined };
      },
      { selection: { columns: [usesColumn] } },
    );
  }

  async getMany(context: CallContext, keys: readonly DatasetKey[]): Promise<readonly (Dataset | undefined)[]> {
    const plain = keys.filter(({ experimentId }) => isPlainId(experimentId));
    const selection = { columns: [contentColumn] };
    const rows = await completeGet(context, this.#rest, this.#table, plain.map(datasetKey), selection);
    return keys.map((key) => {
      const cell = rows.get(datasetKey(key))?.cells.get(contentColumn);
      if (cell === undefined) return undefined;
      const content = decodeJson('A dataset', cell) as unknown as Omit<Dataset, 'name' | 'digest'>;
      return { name: key.name, digest: key.digest, ...content };
    });
  }

  async *scan(context: CallContext, experimentIds: readonly string[]): AsyncIterable<readonly DatasetSummary[]> {
    for (const experimentId of new Set(experimentIds)) {
      if (!isPlainId(experimentId)) continue;
      const scan = { group: datasetGroup(experimentId), columns: [usesColumn], expect: 500 };
      for await (const rows of completeScan(context, this.#rest, this.#table, scan)) {
        yield rows.flatMap(({ cells }) => summariesOf(experimentId, cells.get(usesColumn)));
      }
    }
  }
}

const decodeUses = (cell: Buffer): UsesRecord => decodeJson('The uses of a dataset', cell) as unknown as UsesRecord;

function summariesOf(experimentId: string, cell: Buffer | undefined): DatasetSummary[] {
  if (cell === undefined) return [];
  const { name, digest, contexts } = decodeUses(cell);
  return contexts.map((context) => ({ experimentId, name, digest, ...(context !== null && { context }) }));
}
