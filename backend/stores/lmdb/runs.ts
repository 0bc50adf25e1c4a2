import type { CallContext } from '../../call-context.ts';
import type { MetricPoint } from '../../entities/metric.ts';
import type { Run, RunInfo } from '../../entities/run.ts';
import type { HistoryPage, RunParts, RunPatch, RunScan, RunStore } from '../contract/index.ts';
import { encodePoints } from '../points.ts';
import { decodeRun, encodeRun } from './codec.ts';
import type { Environment } from './environment.ts';
import { readMany } from './give-way.ts';
import { appendPoints, readHistory } from './history.ts';
import { cellKey, experimentOf, idKey, isMetricKey, isPlainId, rowKey } from './keys.ts';
import { decodeLinks, encodeLinks } from './link-codec.ts';
import { readMetrics, readTexts } from './parts.ts';
import { mergeNewestFirst } from './merge.ts';
import type { Row, RowTable } from './merge.ts';

export class LmdbRuns implements RunStore {
  readonly #env: Environment;
  readonly #rows: RowTable<RunInfo>;

  constructor(environment: Environment) {
    this.#env = environment;
    this.#rows = {
      table: environment.infos,
      decode: decodeRun,
      placeOf: ({ startTime, runId }) => ({ time: startTime, id: runId }),
    };
  }

  async create(context: CallContext, { info, params, tags, metrics, links }: Run): Promise<void> {
    const row = rowKey(info.experimentId, info.startTime, info.runId);
    await this.#env.write(() => {
      this.#env.rowOfRun.put(idKey(info.runId), row);
      this.#env.infos.put(row, encodeRun(info));
      this.#write(row, { setParams: params, setTags: tags, setMetrics: metrics, ...(links && { links }) });
    });
  }

  async get(context: CallContext, runId: string, parts: RunParts): Promise<Run | undefined> {
    const row = this.#rowOf(runId);
    return row && this.#read(row, runId, parts);
  }

  async getMany(context: CallContext, runIds: readonly string[], parts: RunParts): Promise<ReadonlyMap<string, Run>> {
    return readMany(context, runIds, (runId) => {
      const row = this.#rowOf(runId);
      return row && this.#read(row, runId, parts);
    });
  }

  async update(
    context: CallContext,
    runId: string,
    parts: RunParts,
    decide: (current: Run) => RunPatch,
  ): Promise<RunInfo | undefined> {
    if (!isPlainId(runId)) return undefined;
    return this.#env.write(() => {
      const row = this.#rowOf(runId);
      const current = row && this.#read(row, runId, parts);
      if (row === undefined || current === undefined) return undefined;
      const patch = decide(current);
      const info = { ...current.info, ...patch.info };
      if (patch.info) this.#env.infos.put(row, encodeRun(info));
      this.#write(row, patch);
      return info;
    });
  }

  async *scan(
    context: CallContext,
    { experimentIds, after, parts, expect = 100 }: RunScan,
  ): AsyncIterable<readonly Run[]> {
    const known = [...new Set(experimentIds)].filter(isPlainId);
    const place = after && { time: after.startTime, id: after.runId };
    for await (const page of mergeNewestFirst(context, this.#rows, known, place, expect)) {
      yield page.map((row) => this.#fill(row, parts));
    }
  }

  async history(context: CallContext, runId: string, key: string, page: HistoryPage): Promise<readonly MetricPoint[]> {
    const row = this.#rowOf(runId);
    return row && isMetricKey(key) ? readHistory(context, this.#env, row, key, page) : [];
  }

  #rowOf(runId: string): Buffer | undefined {
    return isPlainId(runId) ? this.#env.rowOfRun.get(idKey(runId)) : undefined;
  }

  #read(row: Buffer, runId: string, parts: RunParts): Run | undefined {
    const info = this.#env.infos.get(row, (record) => decodeRun(runId, experimentOf(row, runId), record));
    return info && this.#fill({ row, info }, parts);
  }

  #fill({ row, info }: Row<RunInfo>, parts: RunParts): Run {
    const links = parts.links ? this.#env.links.get(row, decodeLinks) : undefined;
    return {
      info,
      params: readTexts(this.#env.params, row, parts.params),
      tags: readTexts(this.#env.tags, row, parts.tags),
      metrics: readMetrics(this.#env.metrics, row, parts.metrics),
      ...(links && { links }),
    };
  }

  #write(row: Buffer, { setParams, setTags, deleteTags, setMetrics, points, links }: RunPatch): void {
    for (const [key, value] of setParams ?? []) this.#env.params.put(cellKey(row, key), value);
    for (const [key, value] of setTags ?? []) this.#env.tags.put(cellKey(row, key), value);
    for (const key of deleteTags ?? []) this.#env.tags.remove(cellKey(row, key));
    for (const [key, point] of setMetrics ?? []) {
      this.#env.metrics.put(cellKey(row, key), encodePoints([point]));
    }
    if (points) appendPoints(this.#env, row, points);
    if (links) this.#env.links.put(row, encodeLinks(links));
  }
}
