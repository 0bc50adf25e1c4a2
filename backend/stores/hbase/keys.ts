import { createHash } from 'node:crypto';
import type { Int64 } from '../../entities/int64.ts';
import type { DatasetKey, ImportedEntity, ScanPosition } from '../contract/index.ts';

/**
 * Row keys are of `[A-Za-z0-9._~-]`: HBase REST takes them in a URL, unescaped. `-` is the first of these and `~` the
 * last, so that `key + '-'` is the next key behind a key, and a key that ends in `~` stands behind its group.
 */
export const behind = (key: string): string => `${key}-`;

const last = '~';

/** What may be part of a key: ids come from outside and are looked up before anything has checked them. */
export const isPlainId = (id: string): boolean => /^[\w-]{1,256}$/.test(id);

/** Whether this could be a metric's key, of 250 characters at most: a request line could not hold every other. */
export const isMetricKey = (key: string): boolean => !key.includes('\0') && Buffer.byteLength(key) <= 1000;

export const layoutKey = 'layout';

/** Holds the number of an experiment that is not behind the next free one; it may lag. */
export const nextExperimentKey = 'next';

const digits = 16;

/** An experiment's row, newest id first; undefined where the id is no such number. */
export function experimentKey(experimentId: string): string | undefined {
  if (!/^(0|[1-9]\d{0,14})$/.test(experimentId)) return undefined;
  return `e.${String(10 ** 15 - Number(experimentId)).padStart(digits, '0')}`;
}

/** The id of an experiment's row. */
export const experimentIdOf = (key: string): string => String(10 ** 15 - Number(key.slice(2)));

/** Experiments' rows begin with this; `groupEnd` of it is behind them. */
export const experimentGroup = 'e.';

/** The row that says who bears an experiment's name. SHA-256 gives any name a key of one length and alphabet. */
export const experimentNameKey = (name: string): string => `n.${createHash('sha256').update(name).digest('hex')}`;

/** The sentinel's key of a group of rows whose keys begin alike. */
export const groupEnd = (group: string): string => group + last;

/** Over how many key ranges the runs of an experiment are spread. Part of the layout: it never changes. */
export const bucketCount = 8;

/** A run's bucket: rows of one experiment lie in time order, and all writes would meet in one region. */
export function bucketOf(runId: string): number {
  // FNV-1a
  let hash = 0x811c9dc5;
  for (let i = 0; i < runId.length; i++) hash = Math.imul(hash ^ runId.charCodeAt(i), 0x01000193);
  return (hash >>> 0) % bucketCount;
}

/** What the keys of an experiment's runs in a bucket begin with. */
export const runGroup = (bucket: number, experimentId: string): string => `${String(bucket)}.${experimentId}.`;

/** The row of the index that leads to a run. Not the id alone: HBase REST takes some words for calls of its own. */
export const runIndexKey = (runId: string): string => `r.${runId}`;

/**
 * What the keys of an experiment's logged models in a bucket begin with, in the same table: the rest of the key is as a
 * run's. No experiment id begins with `~`.
 */
const modelGroup = (bucket: number, experimentId: string): string => runGroup(bucket, `~${experimentId}`);

/** The groups of an experiment's logged models, one for each bucket. */
export const loggedModelGroups = (experimentId: string): readonly string[] =>
  Array.from({ length: bucketCount }, (_, bucket) => modelGroup(bucket, experimentId));

/** The group that a logged model belongs to. */
export const loggedModelGroupOf = (experimentId: string, modelId: string): string =>
  modelGroup(bucketOf(modelId), experimentId);

/** Experiment and model id of a logged model's row. */
export function partsOfLoggedModelKey(key: string): { experimentId: string; modelId: string } {
  const { experimentId, runId } = partsOfRunKey(key);
  return { experimentId: experimentId.slice(1), modelId: runId };
}

/** The row of the index that leads to a logged model. */
export const loggedModelIndexKey = (modelId: string): string => `m.${modelId}`;

/** What the keys of an experiment's datasets begin with, in the table of experiments. */
export const datasetGroup = (experimentId: string): string => `d.${experimentId}.`;

/** The row of a dataset. SHA-256 gives names and digests of any length and alphabet one of its own. */
export function datasetKey({ experimentId, name, digest }: DatasetKey): string {
  const hash = createHash('sha256')
    .update(JSON.stringify([name, digest]))
    .digest('hex');
  return datasetGroup(experimentId) + hash;
}

/** The groups of an experiment's runs, one for each bucket. */
export const runGroups = (experimentId: string): readonly string[] =>
  Array.from({ length: bucketCount }, (_, bucket) => runGroup(bucket, experimentId));

/** A run's place among those of its experiment: start time downwards, then run id. */
export const runPlace = (startTime: Int64, runId: string): string => `${descending(startTime)}.${runId}`;

/** The group that a run belongs to. */
export const groupOf = (experimentId: string, runId: string): string => runGroup(bucketOf(runId), experimentId);

/** Bucket, experiment id, start time and run id of a run's row. */
export function partsOfRunKey(key: string): { experimentId: string; place: string; runId: string } {
  const [bucket = '', experimentId = '', time = ''] = key.split('.', 3);
  const place = key.slice(bucket.length + experimentId.length + 2);
  return { experimentId, place, runId: place.slice(time.length + 1) };
}

/** 16 hex digits that sort in the opposite order of the int64. */
function descending(value: Int64): string {
  return BigInt.asUintN(64, ~(BigInt(value) + (1n << 63n)))
    .toString(16)
    .padStart(digits, '0');
}

/**
 * The least place that is behind a position. The run of a position need not exist, and its id comes from outside: where
 * it has what no id has, the place is that of the next id behind it.
 */
export function placeBehind({ startTime, runId }: ScanPosition): string {
  const plain = /^[\w-]*/.exec(runId)?.[0] ?? '';
  const place = runPlace(startTime, plain);
  if (plain === runId) return behind(place);
  return place + ([...idCharacters].find((character) => character > (runId[plain.length] ?? '')) ?? last);
}

const idCharacters = '-0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ_abcdefghijklmnopqrstuvwxyz';

/** A registered model's row. Its id is random, and no other model ever has it. */
export const modelKey = (modelId: string): string => `m.${modelId}`;

/** Rows of registered models' names begin with this. */
export const modelNameGroup = 'n.';

/** 256 code points of UTF-8: what is longer is nobody's name. */
const longestModelName = 1024;

/**
 * The row that says who bears a registered model's name; undefined where it cannot be one. The hexadecimal digits of
 * UTF-8 lie in the order of code points, in which models are listed.
 */
export function modelNameKey(name: string): string | undefined {
  const bytes = Buffer.from(name);
  return bytes.length === 0 || bytes.length > longestModelName ? undefined : modelNameGroup + bytes.toString('hex');
}

/** The first key behind that of a model's name, whatever its length. */
export const modelNameBehind = (name: string): string =>
  behind(modelNameGroup + Buffer.from(name).toString('hex', 0, longestModelName + 1));

/** The row of the models that have versions of a run. Run ids of versions are any text. */
export const runModelsKey = (runId: string): string => `r.${createHash('sha256').update(runId).digest('hex')}`;

/** The row of what imports have done of an entity, in the table of ids. Names of entities are any text. */
export const importKey = (entity: ImportedEntity): string =>
  `i.${createHash('sha256').update(JSON.stringify(entity)).digest('hex')}`;
