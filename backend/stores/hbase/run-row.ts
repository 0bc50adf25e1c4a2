import type { Lifecycle } from '../../entities/lifecycle.ts';
import { inKeyOrder } from '../../entities/order.ts';
import type { Run, RunInfo, RunStatus } from '../../entities/run.ts';
import type { RunParts, RunPatch } from '../contract/index.ts';
import { StoreCorrupt } from '../contract/index.ts';
import { decodePoint, encodePoints, pointSize } from '../points.ts';
import { sentinelColumn } from './complete-scan.ts';
import { columnsOrAll, wholeFamily } from './columns.ts';
import { blockCells } from './history.ts';
import { decodeInt64, encodeInt64 } from './int64.ts';
import { decodeLinks, encodeLinks } from './links.ts';
import { partsOfRunKey } from './keys.ts';
import type { Column, Selection } from './rest/contract.ts';
import { stepIn } from './removal-step.ts';
import { decodeJson, decodeText, encodeJson, encodeText, removed } from './values.ts';

const attributesColumn = sentinelColumn;
const linksColumn: Column = 'd:l';
const [paramPrefix, tagPrefix, metricPrefix] = ['d:p.', 'd:t.', 'd:m.'];

/** The columns that hold a run's attributes and those parts. */
export function selectionOf({ params = [], tags = [], metrics = [], links = false }: RunParts): Selection {
  if (params === 'all' || tags === 'all' || metrics === 'all') return wholeFamily;
  return columnsOrAll([
    attributesColumn,
    ...(links ? [linksColumn] : []),
    ...params.map((key) => paramPrefix + key),
    ...tags.map((key) => tagPrefix + key),
    ...metrics.map((key) => metricPrefix + key),
  ]);
}

/** The run of a row, with those parts of it that are wanted; undefined where there is none, or it is on its way out. */
export function decodeRun(key: string, cells: ReadonlyMap<Column, Buffer>, parts: RunParts): Run | undefined {
  const attributes = cells.get(attributesColumn);
  if (attributes === undefined) {
    if (cells.size === 0) return undefined;
    throw new StoreCorrupt(`The run's row ${key} has no attributes.`);
  }
  if (stepIn(attributes) !== undefined) return undefined;
  const links = parts.links ? cells.get(linksColumn) : undefined;
  return {
    info: decodeInfo(key, attributes),
    params: readTexts(cells, paramPrefix, parts.params),
    tags: readTexts(cells, tagPrefix, parts.tags),
    metrics: read(cells, metricPrefix, parts.metrics, (name, value) => {
      if (value.length !== pointSize) throw new StoreCorrupt(`Metric '${name}' of ${key} is no point.`);
      return decodePoint(name, value, 0);
    }),
    ...(links && { links: decodeLinks(key, links) }),
  };
}

/** The cells of a new run. */
export const runCells = ({ info, params, tags, metrics, links }: Run): Map<Column, Buffer> =>
  patchCells({ info, setParams: params, setTags: tags, setMetrics: metrics, ...(links && { links }) }, info, 1);

/** The cells that a patch writes. @param info the attributes after it @param write the number of this write of the row */
export function patchCells(patch: RunPatch, info: RunInfo, write: number): Map<Column, Buffer> {
  const cells = new Map<Column, Buffer>(patch.points && blockCells(patch.points, write));
  if (patch.info) cells.set(attributesColumn, encodeJson(recordOf(info)));
  for (const [key, value] of patch.setParams ?? []) cells.set(paramPrefix + key, encodeText(value));
  for (const [key, value] of patch.setTags ?? []) cells.set(tagPrefix + key, encodeText(value));
  for (const key of patch.deleteTags ?? []) cells.set(tagPrefix + key, removed);
  if (patch.links) cells.set(linksColumn, encodeLinks(patch.links));
  for (const [key, point] of patch.setMetrics ?? []) cells.set(metricPrefix + key, encodePoints([point]));
  return cells;
}

/** What the attributes' cell holds: readable in the HBase shell, and open for more. */
interface RunRecord {
  readonly name: string;
  readonly user: string;
  readonly status: RunStatus;
  /** A string where a number would not be exact. */
  readonly start: number | string;
  readonly end?: number | string;
  readonly uri: string;
  readonly lifecycle: Lifecycle;
}

function recordOf(info: RunInfo): RunRecord {
  const { runName: name, userId: user, status, startTime, endTime, artifactUri: uri, lifecycle } = info;
  const end = endTime === undefined ? {} : { end: encodeInt64(endTime) };
  return { name, user, status, start: encodeInt64(startTime), ...end, uri, lifecycle };
}

export function decodeInfo(key: string, cell: Buffer): RunInfo {
  const { experimentId, runId } = partsOfRunKey(key);
  const { name, user, status, start, end, uri, lifecycle } = decodeJson(`Run ${runId}`, cell) as unknown as RunRecord;
  return {
    runId,
    experimentId,
    runName: name,
    userId: user,
    status,
    startTime: decodeInt64(start),
    endTime: end === undefined ? undefined : decodeInt64(end),
    artifactUri: uri,
    lifecycle,
  };
}

type Wanted = 'all' | readonly string[] | undefined;

const readTexts = (cells: ReadonlyMap<Column, Buffer>, prefix: string, wanted: Wanted): ReadonlyMap<string, string> =>
  read(cells, prefix, wanted, (_name, value) => decodeText(value));

function read<Value>(
  cells: ReadonlyMap<Column, Buffer>,
  prefix: string,
  wanted: Wanted,
  decode: (name: string, cell: Buffer) => Value | undefined,
): ReadonlyMap<string, Value> {
  const found = new Map<string, Value>();
  const add = (name: string, cell: Buffer | undefined): void => {
    const value = cell && decode(name, cell);
    if (value !== undefined) found.set(name, value);
  };
  if (wanted === 'all') {
    for (const [column, cell] of cells) if (column.startsWith(prefix)) add(column.slice(prefix.length), cell);
  } else {
    for (const name of wanted ?? []) add(name, cells.get(prefix + name));
  }
  return found.size > 1 ? inKeyOrder(found) : found;
}
