import { createHash } from 'node:crypto';
import type { Int64 } from '../../entities/int64.ts';
import type { LoggedModelInfo, ModelMetric } from '../../entities/logged-model.ts';
import { comparePoints } from '../../entities/logged-model.ts';
import type { MetricsWanted } from '../contract/index.ts';
import { columnsOrAll } from './columns.ts';
import { sentinelColumn } from './complete-scan.ts';
import { decodeInt64, encodeInt64 } from './int64.ts';
import { partsOfLoggedModelKey } from './keys.ts';
import { stepIn } from './removal-step.ts';
import type { Column, Selection } from './rest/contract.ts';
import { decodeJson, encodeJson } from './values.ts';

export const infoColumn = sentinelColumn;

/** Points are a family of their own: a scan that looks at none reads none. */
const pointsFamily = 'h:';

/** Metrics have no order that a list of columns could ask for by key: all of them are read, or none. */
export const selectionOf = (metrics: MetricsWanted): Selection => ({
  columns: metrics === 'all' || metrics.length > 0 ? [infoColumn, pointsFamily] : [infoColumn],
});

/** A model's attributes and those points, where they are there. */
export const selectionOfPoints = (points: readonly ModelMetric[]): Selection => {
  const columns = [infoColumn, ...new Set(points.map(pointColumn))];
  return columnsOrAll(columns, [infoColumn, pointsFamily]);
};

/** What the attributes' cell holds: readable in the HBase shell, and open for more. */
type InfoRecord = Omit<LoggedModelInfo, 'modelId' | 'experimentId' | 'params' | 'tags'> & {
  readonly params: readonly [string, string][];
  readonly tags: readonly [string, string][];
};

export function encodeInfo(info: LoggedModelInfo): Buffer {
  const { name, artifactUri, creationTime, lastUpdateTime, status, stage, modelType, sourceRunId } = info;
  const record: InfoRecord = {
    ...{ name, artifactUri, creationTime, lastUpdateTime, status, stage, modelType, sourceRunId },
    params: [...info.params],
    tags: [...info.tags],
  };
  return encodeJson(record);
}

export function decodeInfo(key: string, cell: Buffer): LoggedModelInfo {
  const { experimentId, modelId } = partsOfLoggedModelKey(key);
  const record = decodeJson(`Logged model ${modelId}`, cell) as unknown as InfoRecord;
  const { name, artifactUri, creationTime, lastUpdateTime, status, stage, modelType, sourceRunId } = record;
  return {
    ...{
      modelId,
      experimentId,
      name,
      artifactUri,
      creationTime,
      lastUpdateTime,
      status,
      stage,
      modelType,
      sourceRunId,
    },
    params: new Map(record.params),
    tags: new Map(record.tags),
  };
}

/** The cell of a model's attributes; undefined where there is no model, or it is on its way out. */
export function infoIn(cells: ReadonlyMap<Column, Buffer>): Buffer | undefined {
  const cell = cells.get(infoColumn);
  return cell && stepIn(cell) === undefined ? cell : undefined;
}

/** The column of a point: one for each key, timestamp, step and run, in that order. */
export function pointColumn({ key, timestamp, step, runId }: ModelMetric): Column {
  const name = /^[\w./-]{1,100}$/.test(key) ? key : `~${createHash('sha256').update(key).digest('hex')}`;
  return `${pointsFamily}${name}!${ascending(timestamp)}.${ascending(step)}.${runId}`;
}

/** 16 hex digits that sort as the int64. */
const ascending = (value: Int64): string =>
  BigInt.asUintN(64, BigInt(value) + (1n << 63n))
    .toString(16)
    .padStart(16, '0');

type PointRecord = readonly [
  key: string,
  value: number,
  timestamp: number | string,
  step: number | string,
  runId: string,
  datasetName?: string,
  datasetDigest?: string,
];

export function encodePoint({ key, value, timestamp, step, runId, dataset }: ModelMetric): Buffer {
  const point = [key, value, encodeInt64(timestamp), encodeInt64(step), runId] as const;
  const record: PointRecord = dataset ? [...point, dataset.name, dataset.digest] : point;
  return encodeJson(record);
}

export function decodePoint(cell: Buffer): ModelMetric {
  const record = decodeJson('A metric of a logged model', cell) as unknown as PointRecord;
  const [key, value, timestamp, step, runId, name, digest] = record;
  const dataset = name !== undefined && digest !== undefined && { dataset: { name, digest } };
  return { key, value, timestamp: decodeInt64(timestamp), step: decodeInt64(step), runId, ...dataset };
}

/** The points of a row that are wanted: by key, timestamp, step and run. */
export function pointsIn(cells: ReadonlyMap<Column, Buffer>, wanted: MetricsWanted): readonly ModelMetric[] {
  if (wanted !== 'all' && wanted.length === 0) return [];
  const keys = wanted === 'all' ? undefined : new Set(wanted);
  const points: ModelMetric[] = [];
  for (const [column, cell] of cells) {
    if (!column.startsWith(pointsFamily)) continue;
    const point = decodePoint(cell);
    if (keys?.has(point.key) ?? true) points.push(point);
  }
  return points.sort(comparePoints);
}
