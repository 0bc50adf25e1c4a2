import type { CallContext } from '../../call-context.ts';
import type { LoggedModel, LoggedModelInfo, ModelMetric } from '../../entities/logged-model.ts';
import { isSamePoint } from '../../entities/logged-model.ts';
import { changedModel } from '../logged-model-patch.ts';
import type {
  LoggedModelPatch,
  LoggedModelScan,
  LoggedModelStore,
  MetricsAdded,
  MetricsWanted,
  RemovalsInExperiments,
} from '../contract/index.ts';
import { StoreCorrupt } from '../contract/index.ts';
import { completeGet } from './complete-get.ts';
import { isPlainId, loggedModelGroupOf, loggedModelGroups, loggedModelIndexKey, runPlace } from './keys.ts';
import type { Tables } from './layout.ts';
import {
  decodeInfo,
  decodePoint,
  encodeInfo,
  encodePoint,
  infoColumn,
  infoIn,
  pointColumn,
  pointsIn,
  selectionOf,
  selectionOfPoints,
} from './logged-model-row.ts';
import { mergeNewestFirst } from './merge.ts';
import { loggedModelRemovals } from './removals.ts';
import type { Column, HBaseRest } from './rest/contract.ts';
import { RowIndex } from './row-index.ts';
import { Sentinels } from './sentinels.ts';
import type { Change, VersionedRows } from './versioned-row.ts';

/** Logged models, a row each, beside the runs: in the same order, in the same table, under an index of the same kind. */
export class HBaseLoggedModels implements LoggedModelStore {
  readonly #rest: HBaseRest;
  readonly #rows: VersionedRows;
  readonly #table: string;
  readonly #index: RowIndex;
  readonly removals: RemovalsInExperiments<LoggedModelInfo>;
  readonly #sentinels: Sentinels;

  constructor(rest: HBaseRest, rows: VersionedRows, tables: Tables) {
    this.#rest = rest;
    this.#rows = rows;
    this.#table = tables.runs;
    this.#sentinels = new Sentinels(rest, tables.runs);
    this.#index = new RowIndex(rest, tables.ids, loggedModelIndexKey);
    this.removals = loggedModelRemovals({ rest, rows, tables }, this.#index);
  }

  /** Sentinel and index row first, as for runs. */
  async create(context: CallContext, info: LoggedModelInfo): Promise<void> {
    const { experimentId, modelId, creationTime } = info;
    if (!isPlainId(modelId) || !isPlainId(experimentId)) throw new RangeError(`No ids: ${experimentId}, ${modelId}`);
    const group = loggedModelGroupOf(experimentId, modelId);
    const key = group + runPlace(creationTime, modelId);
    await Promise.all([this.#sentinels.end(group), this.#index.set(modelId, key)]);
    await this.#rows.update<undefined>(
      this.#table,
      key,
      ({ count }) => {
        if (count > 0) throw new StoreCorrupt(`The logged model ${modelId} is there already.`);
        return { cells: new Map([[infoColumn, encodeInfo(info)]]), result: undefined };
      },
      { isNew: true },
    );
  }

  async get(context: CallContext, modelId: string, metrics: MetricsWanted): Promise<LoggedModel | undefined> {
    const key = await this.#index.get(context, modelId);
    const row = key === undefined ? undefined : await this.#rest.get(context, this.#table, key, selectionOf(metrics));
    return row && modelIn(row.key, row.cells, metrics);
  }

  async getMany(
    context: CallContext,
    modelIds: readonly string[],
    metrics: MetricsWanted,
  ): Promise<ReadonlyMap<string, LoggedModel>> {
    const keys = await this.#index.getMany(context, [...new Set(modelIds)]);
    const rows = await completeGet(context, this.#rest, this.#table, keys.values(), selectionOf(metrics));
    const found = new Map<string, LoggedModel>();
    for (const [id, key] of keys) {
      const model = modelIn(key, rows.get(key)?.cells, metrics);
      if (model) found.set(id, model);
    }
    return found;
  }

  async update(
    context: CallContext,
    modelId: string,
    decide: (current: LoggedModelInfo) => LoggedModelPatch,
  ): Promise<LoggedModelInfo | undefined> {
    const key = await this.#index.get(context, modelId);
    if (key === undefined) return undefined;
    return this.#rows.update(
      this.#table,
      key,
      ({ cells }): Change<LoggedModelInfo | undefined> => {
        const cell = infoIn(cells);
        if (cell === undefined) return { cells: new Map(), result: undefined };
        const current = decodeInfo(key, cell);
        const next = changedModel(current, decide(current));
        return { cells: new Map([[infoColumn, encodeInfo(next)]]), result: next };
      },
      { selection: selectionOf([]) },
    );
  }

  async addMetrics(
    context: CallContext,
    modelId: string,
    metrics: readonly ModelMetric[],
  ): Promise<MetricsAdded | undefined> {
    const key = await this.#index.get(context, modelId);
    if (key === undefined) return undefined;
    return this.#rows.update(
      this.#table,
      key,
      ({ cells }): Change<MetricsAdded | undefined> =>
        infoIn(cells) ? added(cells, metrics) : { cells: new Map(), result: undefined },
      { selection: selectionOfPoints(metrics) },
    );
  }

  async *scan(
    context: CallContext,
    { experimentIds, after, metrics, expect = 100 }: LoggedModelScan,
  ): AsyncIterable<readonly LoggedModel[]> {
    const groups = [...new Set(experimentIds)].filter(isPlainId).flatMap((id) => loggedModelGroups(id));
    const place = after && { startTime: after.creationTime, runId: after.modelId };
    const merge = { groups, after: place, expect, columns: selectionOf(metrics).columns };
    for await (const rows of mergeNewestFirst(context, this.#rest, this.#table, merge)) {
      const page = rows.flatMap(({ key, cells }) => {
        const model = modelIn(key, cells, metrics);
        if (model) this.#index.learn(model.info.modelId, key);
        return model ?? [];
      });
      if (page.length > 0) yield page;
    }
  }
}

function modelIn(
  key: string,
  cells: ReadonlyMap<Column, Buffer> | undefined,
  metrics: MetricsWanted,
): LoggedModel | undefined {
  const cell = cells && infoIn(cells);
  return cells && cell && { info: decodeInfo(key, cell), metrics: pointsIn(cells, metrics) };
}

/** The points that are new, where none says something else than what is there. */
function added(cells: ReadonlyMap<Column, Buffer>, metrics: readonly ModelMetric[]): Change<MetricsAdded> {
  const written = new Map<Column, Buffer>();
  for (const metric of metrics) {
    const column = pointColumn(metric);
    const known = written.get(column) ?? cells.get(column);
    if (known === undefined) written.set(column, encodePoint(metric));
    else if (!isSamePoint(decodePoint(known), metric)) return { cells: new Map(), result: 'conflict' };
  }
  return { cells: written, result: 'added' };
}
