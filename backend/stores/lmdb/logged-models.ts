import type { CallContext } from '../../call-context.ts';
import type { LoggedModel, LoggedModelInfo, ModelMetric } from '../../entities/logged-model.ts';
import { isSamePoint } from '../../entities/logged-model.ts';
import { compareCodePoints } from '../../entities/order.ts';
import { changedModel } from '../logged-model-patch.ts';
import type {
  LoggedModelPatch,
  LoggedModelScan,
  LoggedModelStore,
  MetricsAdded,
  MetricsWanted,
} from '../contract/index.ts';
import type { Environment } from './environment.ts';
import { readMany } from './give-way.ts';
import { blocksOf, cellsOf, experimentOf, idKey, isMetricKey, isPlainId, modelPointKey, rowKey } from './keys.ts';
import { mergeNewestFirst } from './merge.ts';
import type { RowTable } from './merge.ts';
import { decodeModel, decodeModelPoint, encodeModel, encodeModelPoint } from './model-codec.ts';
import type { Entry } from './table.ts';

export class LmdbLoggedModels implements LoggedModelStore {
  readonly #env: Environment;
  readonly #rows: RowTable<LoggedModelInfo>;

  constructor(environment: Environment) {
    this.#env = environment;
    this.#rows = {
      table: environment.models,
      decode: decodeModel,
      placeOf: ({ creationTime, modelId }) => ({ time: creationTime, id: modelId }),
    };
  }

  async create(context: CallContext, info: LoggedModelInfo): Promise<void> {
    const row = rowKey(info.experimentId, info.creationTime, info.modelId);
    await this.#env.write(() => {
      this.#env.rowOfModel.put(idKey(info.modelId), row);
      this.#put(row, info);
    });
  }

  async get(context: CallContext, modelId: string, metrics: MetricsWanted): Promise<LoggedModel | undefined> {
    return this.#get(modelId, metrics);
  }

  async getMany(
    context: CallContext,
    modelIds: readonly string[],
    metrics: MetricsWanted,
  ): Promise<ReadonlyMap<string, LoggedModel>> {
    return readMany(context, modelIds, (modelId) => this.#get(modelId, metrics));
  }

  async update(
    context: CallContext,
    modelId: string,
    decide: (current: LoggedModelInfo) => LoggedModelPatch,
  ): Promise<LoggedModelInfo | undefined> {
    if (!isPlainId(modelId)) return undefined;
    return this.#env.write(() => {
      const row = this.#rowOf(modelId);
      const current = row && this.#read(row, modelId);
      if (row === undefined || current === undefined) return undefined;
      const next = changedModel(current, decide(current));
      this.#put(row, next);
      return next;
    });
  }

  async addMetrics(
    context: CallContext,
    modelId: string,
    metrics: readonly ModelMetric[],
  ): Promise<MetricsAdded | undefined> {
    const row = this.#rowOf(modelId);
    if (row === undefined) return undefined;
    const conflict = new Error('conflict');
    try {
      return await this.#env.write(() => {
        if (!this.#env.models.has(row)) return undefined;
        for (const metric of metrics) {
          const key = modelPointKey(row, metric);
          const known = this.#env.modelPoints.get(key, (record) => decodeModelPoint(key, row, record));
          if (known === undefined) this.#env.modelPoints.put(key, encodeModelPoint(metric));
          else if (!isSamePoint(known, metric)) throw conflict;
        }
        return 'added';
      });
    } catch (error) {
      if (error === conflict) return 'conflict';
      throw error;
    }
  }

  async *scan(
    context: CallContext,
    { experimentIds, after, metrics, expect = 100 }: LoggedModelScan,
  ): AsyncIterable<readonly LoggedModel[]> {
    const known = [...new Set(experimentIds)].filter(isPlainId);
    const place = after && { time: after.creationTime, id: after.modelId };
    for await (const page of mergeNewestFirst(context, this.#rows, known, place, expect)) {
      yield page.map(({ row, info }) => ({ info, metrics: this.#metrics(row, metrics) }));
    }
  }

  #rowOf(modelId: string): Buffer | undefined {
    return isPlainId(modelId) ? this.#env.rowOfModel.get(idKey(modelId)) : undefined;
  }

  #get(modelId: string, metrics: MetricsWanted): LoggedModel | undefined {
    const row = this.#rowOf(modelId);
    const info = row && this.#read(row, modelId);
    return row && info && { info, metrics: this.#metrics(row, metrics) };
  }

  #read(row: Buffer, modelId: string): LoggedModelInfo | undefined {
    return this.#env.models.get(row, (record) => decodeModel(modelId, experimentOf(row, modelId), record));
  }

  #metrics(row: Buffer, wanted: MetricsWanted): readonly ModelMetric[] {
    const ranges =
      wanted === 'all'
        ? [cellsOf(row)]
        : [...new Set(wanted)]
            .filter(isMetricKey)
            .sort(compareCodePoints)
            .map((key) => blocksOf(row, key));
    const decode = ({ key, value }: Entry<unknown>): ModelMetric => decodeModelPoint(key, row, value);
    return ranges.flatMap((range) => this.#env.modelPoints.entries(range, decode));
  }

  #put(row: Buffer, info: LoggedModelInfo): void {
    this.#env.models.put(row, encodeModel(info));
  }
}
