import { background } from '../../call-context.ts';
import { StoreUnavailable } from '../contract/index.ts';
import { nextExperimentKey } from './keys.ts';
import type { HBaseRest } from './rest/contract.ts';

const column = 'd:i';

/** It is stored for every so many experiments: a backend that begins asks for so many ids in vain, at most. */
const storedEvery = 8;

/**
 * Where to look for a free experiment id: a number that no free id is below. It is a hint that may lag, for it is written
 * now and then, behind an experiment, and late writes may come late; it never leads, so that no id is passed over.
 */
export class NextExperiment {
  readonly #rest: HBaseRest;
  readonly #table: string;
  #known = 0;

  constructor(rest: HBaseRest, table: string) {
    this.#rest = rest;
    this.#table = table;
  }

  async get(): Promise<number> {
    const row = await this.#rest.get(background, this.#table, nextExperimentKey, { columns: [column] });
    const stored = Number(row?.cells.get(column)?.toString() ?? 0);
    this.#known = Math.max(this.#known, Number.isSafeInteger(stored) ? stored : 0);
    return this.#known;
  }

  /** The experiments below the number are there. What they are is stored; this may fail. */
  async set(number: number): Promise<void> {
    this.#known = Math.max(this.#known, number);
    if (number % storedEvery !== 0) return;
    try {
      await this.#rest.put(this.#table, nextExperimentKey, new Map([[column, Buffer.from(String(number))]]));
    } catch (error) {
      if (!(error instanceof StoreUnavailable)) throw error;
    }
  }
}
