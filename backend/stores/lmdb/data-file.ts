import { closeSync, fstatSync, openSync, readFileSync, readSync } from 'node:fs';
import { StoreCorrupt } from '../contract/index.ts';

/** LMDB's file as it is looked at before LMDB maps it into memory: numbers of bytes and of pages. */
const headerSize = 24;
const metaSize = 144;
const magic = 0xbeefc0de;
const pageFlags = { branch: 0x01, leaf: 0x02, meta: 0x08 };
const nodeFlags = { big: 0x01, tree: 0x02 };
/** lmdb's own: the transaction was not flushed yet when this was written. */
const unflushed = 0x1000;
const noPage = 0xffff_ffff_ffff_ffffn;

/** Where a snapshot begins, of which the file has three: two by turns, and the last one that was flushed. */
interface Meta {
  readonly isUnflushed: boolean;
  readonly pageSize: number;
  readonly roots: readonly bigint[];
  readonly lastPage: bigint;
  readonly transaction: bigint;
  readonly bootId: bigint;
}

/**
 * Looks at LMDB's data file before it is mapped: a page that the file lacks is not an error then, but the end of the
 * process. A file may well be shorter than its number of pages says where the last ones are free, so in one that is
 * shorter every page that is in use is looked for.
 * @throws StoreCorrupt for what LMDB could not use, and the system's error
 */
export function checkDataFile(file: string): void {
  const fd = openSync(file, 'r');
  try {
    const { size } = fstatSync(fd);
    const restore = 'restore it from a backup';
    if (size === 0) throw new StoreCorrupt(`${file} is empty: ${restore}, or remove it if it never held anything.`);
    // Once more, for another process may just have been writing it.
    const meta = chosenMeta(fd) ?? chosenMeta(fd);
    if (meta === undefined) throw new StoreCorrupt(`${file} is damaged where it begins: ${restore}.`);
    if (size >= (Number(meta.lastPage) + 1) * meta.pageSize) return;
    const missing = missingPage(fd, meta, BigInt(Math.floor(size / meta.pageSize)));
    // A process that has it open has just written, and pages may have changed their use meanwhile.
    if (missing === undefined || chosenMeta(fd)?.transaction !== meta.transaction) return;
    throw new StoreCorrupt(
      `${file} is cut short: its page ${String(missing)} lies behind its ${String(size)} bytes: ${restore}.`,
    );
  } finally {
    closeSync(fd);
  }
}

/** The snapshot that LMDB will open; undefined where one of them is no such thing. */
function chosenMeta(fd: number): Meta | undefined {
  const first = metaAt(fd, 0);
  if (first === undefined) return undefined;
  const second = metaAt(fd, first.pageSize);
  const flushed = metaAt(fd, first.pageSize / 2, first.pageSize);
  if (second === undefined || flushed === undefined) return undefined;
  const bootId = currentBootId();
  return chosen(chosen(first, second, bootId), flushed, bootId);
}

/** As `mdb_pick_meta` does: after another boot what was not flushed may not be there. */
function chosen(a: Meta, b: Meta, bootId: bigint): Meta {
  const latest = a.transaction >= b.transaction ? a : b;
  if (b.transaction === 0n) return a;
  if ((latest.bootId !== 0n && latest.bootId === bootId) || !latest.isUnflushed) return latest;
  return a.transaction > b.transaction ? b : a;
}

/** @param flushedOf the size of a page, where it is the flushed snapshot's: that has no header, and may not be there yet */
function metaAt(fd: number, at: number, flushedOf?: number): Meta | undefined {
  const page = Buffer.alloc(headerSize + metaSize);
  if (readSync(fd, page, 0, page.length, at) < page.length) return undefined;
  const meta = page.subarray(headerSize);
  const isWhole = (page.readUInt16LE(18) & pageFlags.meta) !== 0 && meta.readUInt32LE(0) === magic;
  if (flushedOf === undefined && !isWhole) return undefined;
  const [transaction, lastPage] = [meta.readBigUInt64LE(128), meta.readBigUInt64LE(120)];
  const pageSize = flushedOf ?? meta.readUInt32LE(24);
  if (pageSize < 512 || pageSize > 65_536 || (pageSize & (pageSize - 1)) !== 0) return undefined;
  const roots = [meta.readBigUInt64LE(64), meta.readBigUInt64LE(112)].filter((root) => root !== noPage);
  if (transaction > 0n && roots.some((root) => root > lastPage)) return undefined;
  const isUnflushed = (meta.readUInt16LE(28) & unflushed) !== 0;
  return { isUnflushed, pageSize, roots, lastPage, transaction, bootId: meta.readBigInt64LE(136) };
}

/** What LMDB takes for the number of this boot; 0 where the system tells none. */
function currentBootId(): bigint {
  try {
    const [digits = ''] = /^[0-9a-f]+/.exec(readFileSync('/proc/sys/kernel/random/boot_id', 'latin1')) ?? [];
    return BigInt(`0x${digits}`);
  } catch {
    return 0n;
  }
}

/** The first page found that a snapshot uses and that lies behind the `pages` that the file has. */
function missingPage(fd: number, { pageSize, roots, lastPage }: Meta, pages: bigint): bigint | undefined {
  const page = Buffer.alloc(pageSize);
  const left = [...roots];
  // A damaged page may lead to one that was seen already.
  for (let seen = 0n; seen < pages; seen++) {
    const number = left.pop();
    if (number === undefined) return undefined;
    // LMDB itself tells of a page that is behind the last one.
    if (number > lastPage) continue;
    if (number >= pages) return number;
    readSync(fd, page, 0, pageSize, Number(number) * pageSize);
    for (const { first, count, isTree } of referencesIn(page)) {
      if (isTree) left.push(first);
      else if (first + count > pages && first + count <= lastPage + 1n) return first + count - 1n;
    }
  }
  return undefined;
}

interface Reference {
  readonly first: bigint;
  readonly count: bigint;
  /** Whether it is a page of a tree, which leads to others. */
  readonly isTree: boolean;
}

/** The pages that a page of a tree leads to. What is damaged leads nowhere. */
function* referencesIn(page: Buffer): Generator<Reference> {
  const flags = page.readUInt16LE(18);
  const nodes = page.readUInt16LE(20) >> 1;
  for (let i = 0; i < nodes && headerSize + 2 * i + 2 <= page.length; i++) {
    const node = page.subarray(headerSize + page.readUInt16LE(headerSize + 2 * i));
    if (node.length < 8) continue;
    const low = BigInt(node.readUInt32LE(0));
    if ((flags & pageFlags.branch) !== 0) {
      yield { first: low | (BigInt(node.readUInt16LE(4)) << 32n), count: 1n, isTree: true };
      continue;
    }
    if ((flags & pageFlags.leaf) === 0) return;
    const data = node.subarray(8 + node.readUInt16LE(6));
    const kind = node.readUInt16LE(4);
    if ((kind & nodeFlags.big) !== 0 && data.length >= 24) {
      yield { first: data.readBigUInt64LE(0), count: data.readBigUInt64LE(16), isTree: false };
    } else if ((kind & nodeFlags.tree) !== 0 && data.length >= 48) {
      const root = data.readBigUInt64LE(40);
      if (root !== noPage) yield { first: root, count: 1n, isTree: true };
    }
  }
}
