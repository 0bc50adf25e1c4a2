import { bucketCount, runIndexKey } from './keys.ts';
import type { TableSchema } from './rest/contract.ts';

/** The layout that this version reads and writes; docs/decisions/0009-hbase-layout.md describes it. */
export const layoutVersion = 1;

/** The tables, by what they hold. */
export interface Tables {
  readonly runs: string;
  readonly ids: string;
  readonly experiments: string;
  /** Registered models, their names, and the runs that their versions come from. */
  readonly models: string;
}

/** The tables of one Kirka; several may share a cluster under different prefixes. */
export const tablesOf = (prefix: string): Tables => ({
  runs: `${prefix}_runs`,
  ids: `${prefix}_ids`,
  experiments: `${prefix}_experiments`,
  models: `${prefix}_models`,
});

export const namesOf = ({ runs, ids, experiments, models }: Tables): readonly string[] => [
  runs,
  ids,
  experiments,
  models,
];

/**
 * HBase's own default acknowledges a write that the DataNodes hold in memory (hflush). FSYNC_WAL has them write it to
 * their disks first.
 */
const attributes = { DURABILITY: 'FSYNC_WAL' } as const;

/** One version of each cell: what a cell was before is of no use, and rows are long. FAST_DIFF stores long keys once. */
const family = { VERSIONS: '1', DATA_BLOCK_ENCODING: 'FAST_DIFF', BLOOMFILTER: 'ROW' } as const;

/**
 * The schema of each table.
 * @param compression an algorithm that the region servers have, such as NONE, GZ, SNAPPY or ZSTD
 */
export function schemasOf(tables: Tables, compression: string): ReadonlyMap<string, TableSchema> {
  const plain = { ...family, COMPRESSION: compression };
  return new Map<string, TableSchema>([
    [tables.runs, { attributes, families: { d: plain, h: plain } }],
    [tables.ids, { attributes, families: { d: plain } }],
    [tables.experiments, { attributes, families: { d: plain } }],
    [tables.models, { attributes, families: { d: plain } }],
  ]);
}

/**
 * Where tables are best split once they are to be on several region servers: buckets, and hex digits of run ids. HBase
 * splits no region that has yet to be compacted after a split, unless it is empty. A new table has one row, that of its
 * layout (`layoutKey`): so the order leads away from it, which is behind all runs, and before all ids.
 */
export function splitsOf(tables: Tables): ReadonlyMap<string, readonly string[]> {
  return new Map([
    [tables.runs, Array.from({ length: bucketCount - 1 }, (_, i) => `${String(i + 1)}.`).reverse()],
    [tables.ids, ['4', '8', 'c'].map(runIndexKey)],
  ]);
}
