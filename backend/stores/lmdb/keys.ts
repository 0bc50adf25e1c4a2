import { createHash } from 'node:crypto';
import type { Int64 } from '../../entities/int64.ts';
import { int64 } from '../../entities/int64.ts';
import type { ModelMetric } from '../../entities/logged-model.ts';
import type { DatasetKey } from '../contract/index.ts';

/** Separates the parts of a key; no part may hold it, so that no key is the beginning of another's part. */
const separator = Buffer.from([0]);

/** What may be part of a key: ids come from outside and are looked up before anything has checked them. */
const plainId = /^[\w-]{1,256}$/;

/** Keys from `start` up to, but not with, `end`. */
export interface KeyRange {
  readonly start: Buffer;
  readonly end: Buffer;
}

/** Whether an id could be a key at all. What could not is simply not there. */
export const isPlainId = (id: string): boolean => plainId.test(id);

/** 250 characters in UTF-8. What is longer was never written, and LMDB fails on keys beyond 1978 bytes. */
const longestKey = 1000;

/** Whether this could be the key of a param, tag or metric. */
export const isPlainKey = (key: string): boolean => key.length <= longestKey && Buffer.byteLength(key) <= longestKey;

/** Whether this could be a metric's key. A NUL ends one in the history, so none holds it. */
export const isMetricKey = (key: string): boolean => isPlainKey(key) && !key.includes('\0');

/** An experiment's key: its number in 8 bytes, so that scans go by number; undefined where the id is no such number. */
export function experimentKey(experimentId: string): Buffer | undefined {
  if (!/^(0|[1-9]\d{0,15})$/.test(experimentId)) return undefined;
  const key = Buffer.allocUnsafe(8);
  key.writeBigUInt64BE(BigInt(experimentId));
  return key;
}

/** A name's key has a fixed length, whatever the name's: LMDB's keys end at 1978 bytes. */
export const nameKey = (name: string): Buffer => createHash('sha256').update(name).digest();

/** The rows of one experiment. */
export const rowsOf = (experimentId: string): KeyRange => range(experimentPrefix(experimentId));

export const idKey = (id: string): Buffer => Buffer.from(id, 'latin1');

/**
 * The row of a run or a logged model: experiment, start or creation time downwards, id. Rows of one experiment lie in the
 * order in which a search without `order_by` answers, so that it reads just what it returns.
 */
export function rowKey(experimentId: string, time: Int64, id: string): Buffer {
  return Buffer.concat([experimentPrefix(experimentId), descending(time), idKey(id)]);
}

/** What the rows of one experiment begin with. */
export const experimentPrefix = (experimentId: string): Buffer =>
  Buffer.concat([Buffer.from(experimentId, 'latin1'), separator]);

/** 8 bytes that sort as the int64. */
function ascending(value: Int64): Buffer {
  const bytes = Buffer.allocUnsafe(8);
  bytes.writeBigUInt64BE(BigInt.asUintN(64, BigInt(value) + (1n << 63n)));
  return bytes;
}

/** 8 bytes that sort in the opposite order of the int64. */
function descending(value: Int64): Buffer {
  const bytes = Buffer.allocUnsafe(8);
  bytes.writeBigUInt64BE(BigInt.asUintN(64, ~(BigInt(value) + (1n << 63n))));
  return bytes;
}

/** The id of a row whose experiment prefix has the length given. */
export const idOf = (row: Buffer, prefixLength: number): string => row.toString('latin1', prefixLength + 8);

/** The experiment of a row that ends with the id. */
export const experimentOf = (row: Buffer, id: string): string => row.toString('latin1', 0, row.length - id.length - 9);

/** The experiment of any row. */
export const experimentIn = (row: Buffer): string => row.toString('latin1', 0, row.indexOf(separator));

/** The key of one param, tag or latest metric of a row. */
export const cellKey = (row: Buffer, key: string): Buffer => Buffer.concat([row, separator, Buffer.from(key)]);

export const cellName = (cell: Buffer, row: Buffer): string => cell.toString('utf8', row.length + 1);

/** All params, tags or latest metrics of a row. */
export const cellsOf = (row: Buffer): KeyRange => range(Buffer.concat([row, separator]));

/** The key of one block of a metric's history; blocks are numbered from 0 as they are begun. */
export function blockKey(row: Buffer, key: string, block: number): Buffer {
  const number = Buffer.allocUnsafe(4);
  number.writeUInt32BE(block);
  return Buffer.concat([blocksPrefix(row, key), number]);
}

export const blockNumber = (blockKey: Buffer): number => blockKey.readUInt32BE(blockKey.length - 4);

/** All blocks of one metric. Metric keys hold no NUL (MLflow's name rule), so the separator ends the key. */
export const blocksOf = (row: Buffer, key: string): KeyRange => range(blocksPrefix(row, key));

const blocksPrefix = (row: Buffer, key: string): Buffer => Buffer.concat([row, separator, Buffer.from(key), separator]);

/** The key of one point of a logged model, behind the row and the metric's key: by timestamp, step and run id. */
export function modelPointKey(row: Buffer, { key, timestamp, step, runId }: ModelMetric): Buffer {
  return Buffer.concat([blocksPrefix(row, key), ascending(timestamp), ascending(step), idKey(runId)]);
}

/** What `modelPointKey` says of a point, but for its value. */
export function modelPointOf(pointKey: Buffer, row: Buffer): Pick<ModelMetric, 'key' | 'timestamp' | 'step' | 'runId'> {
  const start = row.length + 1;
  const end = pointKey.indexOf(0, start);
  return {
    key: pointKey.toString('utf8', start, end),
    timestamp: ascendingOf(pointKey, end + 1),
    step: ascendingOf(pointKey, end + 9),
    runId: pointKey.toString('latin1', end + 17),
  };
}

const ascendingOf = (bytes: Buffer, offset: number): Int64 => int64(bytes.readBigUInt64BE(offset) - (1n << 63n));

/** The key of a dataset: its experiment, then a digest of its name and digest, which may be of any length. */
export function datasetKey({ experimentId, name, digest }: DatasetKey): Buffer {
  return Buffer.concat([experimentPrefix(experimentId), hashOf(name, digest)]);
}

/** The key of one use of a dataset. */
export function datasetUseKey(key: DatasetKey, context: string | undefined): Buffer {
  return Buffer.concat([datasetKey(key), context === undefined ? hashOf() : hashOf(context)]);
}

const hashOf = (...texts: readonly string[]): Buffer => createHash('sha256').update(JSON.stringify(texts)).digest();

/** All keys that begin with a prefix whose last byte is the separator. */
function range(prefix: Buffer): KeyRange {
  const end = Buffer.from(prefix);
  end[end.length - 1] = 1;
  return { start: prefix, end };
}
