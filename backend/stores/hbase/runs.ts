import type { CallContext } from '../../call-context.ts';
import type { MetricPoint } from '../../entities/metric.ts';
import type { Run, RunInfo } from '../../entities/run.ts';
import type { HistoryPage, RemovalsInExperiments, RunParts, RunPatch, RunScan, RunStore } from '../contract/index.ts';
import { StoreCorrupt } from '../contract/index.ts';
import { completeGet } from './complete-get.ts';
import { readHistory } from './history.ts';
import { groupOf, isMetricKey, isPlainId, runGroups, runIndexKey, runPlace } from './keys.ts';
import type { Tables } from './layout.ts';
import { mergeNewestFirst } from './merge.ts';
import { RowIndex } from './row-index.ts';
import type { Column, HBaseRest } from './rest/contract.ts';
import { runRemovals } from './removals.ts';
import { decodeRun, patchCells, runCells, selectionOf } from './run-row.ts';
import { Sentinels } from './sentinels.ts';
import type { Change, VersionedRows } from './versioned-row.ts';

const none: ReadonlyMap<Column, Buffer> = new Map();

/** Runs, a row each, in the order in which a search without `order_by` answers, within an experiment and bucket. */
export class HBaseRuns implements RunStore {
  readonly #rest: HBaseRest;
  readonly #table: string;
  readonly #rows: VersionedRows;
  readonly #index: RowIndex;
  readonly removals: RemovalsInExperiments<RunInfo>;
  readonly #sentinels: Sentinels;

  constructor(rest: HBaseRest, rows: VersionedRows, tables: Tables) {
    this.#rest = rest;
    this.#table = tables.runs;
    this.#sentinels = new Sentinels(rest, tables.runs);
    this.#rows = rows;
    this.#index = new RowIndex(rest, tables.ids, runIndexKey);
    this.removals = runRemovals({ rest, rows, tables }, this.#index);
  }

  /** Sentinel and index row come first: neither shows anything by itself, and the run is there whole or not at all. */
  async create(context: CallContext, run: Run): Promise<void> {
    const { experimentId, runId, startTime } = run.info;
    if (!isPlainId(runId) || !isPlainId(experimentId)) throw new RangeError(`No ids: ${experimentId}, ${runId}`);
    const group = groupOf(experimentId, runId);
    const key = group + runPlace(startTime, runId);
    await Promise.all([this.#sentinels.end(group), this.#index.set(runId, key)]);
    await this.#rows.update<undefined>(
      this.#table,
      key,
      ({ count }) => {
        if (count > 0) throw new StoreCorrupt(`The run ${runId} is there already.`);
        return { cells: runCells(run), result: undefined };
      },
      { isNew: true },
    );
  }

  async get(context: CallContext, runId: string, parts: RunParts): Promise<Run | undefined> {
    const key = await this.#index.get(context, runId);
    return key === undefined ? undefined : this.#read(context, key, parts);
  }

  async getMany(context: CallContext, runIds: readonly string[], parts: RunParts): Promise<ReadonlyMap<string, Run>> {
    const keys = await this.#index.getMany(context, [...new Set(runIds)]);
    const rows = await completeGet(context, this.#rest, this.#table, keys.values(), selectionOf(parts));
    const found = new Map<string, Run>();
    for (const [id, key] of keys) {
      // Index rows come first, so a row may be missing.
      const run = decodeRun(key, rows.get(key)?.cells ?? none, parts);
      if (run) found.set(id, run);
    }
    return found;
  }

  async update(
    context: CallContext,
    runId: string,
    parts: RunParts,
    decide: (current: Run) => RunPatch,
  ): Promise<RunInfo | undefined> {
    const key = await this.#index.get(context, runId);
    if (key === undefined) return undefined;
    return this.#rows.update(
      this.#table,
      key,
      ({ count, cells }): Change<RunInfo | undefined> => {
        const current = decodeRun(key, cells, parts);
        if (current === undefined) return { cells: new Map(), result: undefined };
        const patch = decide(current);
        const info = { ...current.info, ...patch.info };
        return { cells: patchCells(patch, info, count + 1), result: info };
      },
      { selection: selectionOf(parts) },
    );
  }

  async *scan(
    context: CallContext,
    { experimentIds, after, parts, expect = 100 }: RunScan,
  ): AsyncIterable<readonly Run[]> {
    const known = [...new Set(experimentIds)].filter(isPlainId);
    const groups = known.flatMap((id) => runGroups(id));
    const merge = { groups, after, expect, columns: selectionOf(parts).columns };
    for await (const rows of mergeNewestFirst(context, this.#rest, this.#table, merge)) {
      const page = rows.flatMap(({ key, cells }) => {
        const run = decodeRun(key, cells, parts);
        if (run) this.#index.learn(run.info.runId, key);
        return run ?? [];
      });
      if (page.length > 0) yield page;
    }
  }

  async history(context: CallContext, runId: string, key: string, page: HistoryPage): Promise<readonly MetricPoint[]> {
    if (!isMetricKey(key)) return [];
    const row = await this.#index.get(context, runId);
    return row === undefined ? [] : readHistory(context, this.#rest, this.#table, row, key, page);
  }

  async #read(context: CallContext, key: string, parts: RunParts): Promise<Run | undefined> {
    const row = await this.#rest.get(context, this.#table, key, selectionOf(parts));
    return row && decodeRun(key, row.cells, parts);
  }
}
