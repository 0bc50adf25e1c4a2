import { constants } from 'node:os';
import { noRoom } from '../../no-room.ts';
import { StoreCorrupt, StoreFull, StoreUnavailable } from '../contract/index.ts';

/** Where something failed: a database's name and a key in it, or the last key before, if any. */
export interface Place {
  readonly table: string;
  readonly key?: unknown;
  readonly behind?: unknown;
}

/** LMDB's own codes (lmdb.h) that only a damaged file explains. */
const damage: ReadonlySet<number> = new Set([
  -30797, // MDB_PAGE_NOTFOUND
  -30796, // MDB_CORRUPTED
  -30793, // MDB_INVALID
  -30787, // MDB_CURSOR_FULL: a tree that is deeper than any
  -30786, // MDB_PAGE_FULL
  -30784, // MDB_INCOMPATIBLE
  -30782, // MDB_BAD_TXN: also what the list of free pages is found wrong by
  -30781, // MDB_BAD_VALSIZE
  -30779, // MDB_PROBLEM
]);

/**
 * A read that failed, as the contract's error. lmdb's errors have the code as a number; what has none comes of bytes that
 * could not be decoded.
 */
export function readFailure(error: unknown, place: Place): StoreCorrupt | StoreUnavailable {
  if (error instanceof StoreUnavailable) return error;
  const code = codeOf(error);
  const message = `${described(place)} cannot be read: ${messageOf(error)}`;
  if (code === undefined || damage.has(code)) return new StoreCorrupt(message, { cause: error });
  return new StoreUnavailable(message, { cause: error });
}

/** What could not be opened, as the contract's error. */
export function openFailure(error: unknown, folder: string): StoreCorrupt | StoreUnavailable {
  if (error instanceof StoreCorrupt || error instanceof StoreUnavailable) return error;
  const code = codeOf(error);
  const message = `The store folder ${folder} cannot be used: ${messageOf(error)}`;
  return code !== undefined && damage.has(code)
    ? new StoreCorrupt(`${message}; restore it from a backup.`, { cause: error })
    : new StoreUnavailable(message, { cause: error });
}

/** A change that failed before its commit, as the contract's error where it is the engine's; others pass unchanged. */
export function changeFailure(error: unknown, place: Place): unknown {
  const code = codeOf(error);
  if (code === undefined) return error;
  const message = `${described(place)} cannot be written: ${messageOf(error)}`;
  return damage.has(code)
    ? new StoreCorrupt(message, { cause: error })
    : new StoreUnavailable(message, { cause: error });
}

/**
 * A commit that failed, by the system's reason.
 * @param isFull looks whether the disk has room: LMDB tells of an I/O error, too, where a part of a write found some
 */
export function commitFailure(reason: unknown, isFull: () => boolean): StoreUnavailable | StoreCorrupt {
  const code = codeOf(reason);
  const { errno } = constants;
  const full = noRoom.find((name) => errno[name] === code) ?? (code === errno.EIO && isFull() ? 'ENOSPC' : undefined);
  if (full !== undefined) return new StoreFull(`The store has no room left (${full})`, { cause: reason });
  const message = `The store could not write: ${messageOf(reason)}`;
  return code !== undefined && damage.has(code)
    ? new StoreCorrupt(message, { cause: reason })
    : new StoreUnavailable(message, { cause: reason });
}

const messageOf = (error: unknown): string => (error instanceof Error ? error.message : String(error));

function codeOf(error: unknown): number | undefined {
  return error instanceof Error && 'code' in error && typeof error.code === 'number' ? error.code : undefined;
}

/** What is printable of a key is ids and names; the rest is shown as bytes. */
const longestShown = 200;

function described({ table, key, behind }: Place): string {
  if (key !== undefined) return `The record '${shown(key)}' of '${table}'`;
  return behind === undefined ? `The first record of '${table}'` : `The record behind '${shown(behind)}' of '${table}'`;
}

function shown(key: unknown): string {
  const text = Buffer.isBuffer(key) ? key.toString('latin1') : String(key);
  const end = text.length > longestShown ? '...' : '';
  return text.slice(0, longestShown).replace(/[^\x21-\x7e]/g, asByte) + end;
}

const asByte = (character: string): string => `\\x${character.charCodeAt(0).toString(16).padStart(2, '0')}`;
