import { createHash } from 'node:crypto';
import type { KeyRange } from './keys.ts';

/** A registered model's number as its key. */
export function modelKey(number: number): Buffer {
  const key = Buffer.allocUnsafe(8);
  key.writeBigUInt64BE(BigInt(number));
  return key;
}

/** 256 code points are 1,024 bytes at most, and LMDB's keys end at 1,978: what is longer is nobody's name. */
const longestName = 1024;

/** A registered model's name as its key, in the order of code points; undefined where it cannot be a name. */
export function registeredNameKey(name: string): Buffer | undefined {
  const key = Buffer.from(name);
  return key.length === 0 || key.length > longestName ? undefined : key;
}

/** The first names of a scan that goes on behind one, whatever its length. */
export const nameBoundary = (name: string): Buffer => Buffer.from(name).subarray(0, longestName + 1);

export function versionKey(model: Buffer, version: number): Buffer {
  const number = Buffer.allocUnsafe(4);
  number.writeUInt32BE(version);
  return Buffer.concat([model, number]);
}

/** All versions of a model. */
export const versionsOf = (model: Buffer): KeyRange => ({
  start: versionKey(model, 0),
  end: versionKey(model, 0xffff_ffff),
});

export const versionOf = (key: Buffer): number => key.readUInt32BE(key.length - 4);

export const runVersionKey = (runId: string, version: Buffer): Buffer => Buffer.concat([runPrefix(runId), version]);

/** The entries of a run; keys go on for 12 bytes behind the prefix. */
export function versionsOfRun(runId: string): KeyRange {
  const start = runPrefix(runId);
  return { start, end: Buffer.concat([start, Buffer.alloc(13, 0xff)]) };
}

/** The registered model's key in an entry of a run. */
export const modelKeyIn = (entry: Buffer): Buffer => entry.subarray(32, 40);

const runPrefix = (runId: string): Buffer => createHash('sha256').update(runId).digest();
