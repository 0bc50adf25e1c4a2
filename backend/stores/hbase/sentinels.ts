import { LRUCache } from 'lru-cache';
import { putSentinel } from './complete-scan.ts';
import type { HBaseRest } from './rest/contract.ts';

const remembered = 50_000;

/** Ends the groups of a table, each once: a sentinel is never removed. */
export class Sentinels {
  readonly #rest: HBaseRest;
  readonly #table: string;
  readonly #there = new LRUCache<string, true>({ max: remembered });

  constructor(rest: HBaseRest, table: string) {
    this.#rest = rest;
    this.#table = table;
  }

  /** Before the first row of the group is written. */
  async end(group: string): Promise<void> {
    if (this.#there.has(group)) return;
    await putSentinel(this.#rest, this.#table, group);
    this.#there.set(group, true);
  }
}
