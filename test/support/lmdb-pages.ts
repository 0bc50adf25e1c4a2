import { readFileSync, writeFileSync } from 'node:fs';

const headerSize = 24;
const branch = 0x01;

/**
 * Damages LMDB's data file: of every inner page all of whose keys are like this, one page in the middle is sought where
 * the file never was, so that LMDB tells of it.
 * @returns how many were damaged
 */
export function misleadPages(file: string, isKey: (key: string) => boolean): number {
  const bytes = readFileSync(file);
  const pageSize = pageSizeOf(bytes);
  let damaged = 0;
  for (let start = 2 * pageSize; start + pageSize <= bytes.length; start += pageSize) {
    const page = bytes.subarray(start, start + pageSize);
    if ((page.readUInt16LE(18) & branch) === 0) continue;
    const nodes = nodesOf(page);
    // The first key of an inner page is left out.
    if (nodes.length < 3 || !nodes.slice(1).every((node) => isKey(keyOf(node)))) continue;
    nodes[nodes.length >> 1]?.writeUInt32LE(0xffff_fff0);
    damaged++;
  }
  writeFileSync(file, bytes);
  return damaged;
}

/** The size of a page in LMDB's data file, as its first page says. */
export const pageSizeOf = (bytes: Buffer): number => bytes.readUInt32LE(48);

const nodesOf = (page: Buffer): readonly Buffer[] =>
  Array.from({ length: page.readUInt16LE(20) >> 1 }, (_, i) =>
    page.subarray(headerSize + page.readUInt16LE(headerSize + 2 * i)),
  );

const keyOf = (node: Buffer): string => node.toString('latin1', 8, 8 + node.readUInt16LE(6));
