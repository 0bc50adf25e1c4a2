import { LRUCache } from 'lru-cache';
import type { CallContext } from '../../call-context.ts';
import { completeGet } from './complete-get.ts';
import { isPlainId } from './keys.ts';
import type { HBaseRest } from './rest/contract.ts';
import { decodeText, encodeText } from './values.ts';

const column = 'd:r';
const remembered = 50_000;

/**
 * Ids of runs or logged models -> their row in the table of runs. It never changes, so what was read once is remembered. A
 * row of the index whose run is not there is left by a creation that did not come to its end, and counts as none.
 */
export class RowIndex {
  readonly #rest: HBaseRest;
  readonly #table: string;
  readonly #rowOf: (id: string) => string;
  readonly #known = new LRUCache<string, string>({ max: remembered });

  /** @param rowOf the key of the index's own row of an id */
  constructor(rest: HBaseRest, table: string, rowOf: (id: string) => string) {
    this.#rest = rest;
    this.#table = table;
    this.#rowOf = rowOf;
  }

  /** Before the run or model itself is written. */
  async set(id: string, key: string): Promise<void> {
    await this.#rest.put(this.#table, this.#rowOf(id), new Map([[column, encodeText(key)]]));
  }

  /** Remembers what was seen in its row. */
  learn(id: string, key: string): void {
    this.#known.set(id, key);
  }

  async get(context: CallContext, id: string): Promise<string | undefined> {
    if (!isPlainId(id)) return undefined;
    const known = this.#known.get(id);
    if (known !== undefined) return known;
    const row = await this.#rest.get(context, this.#table, this.#rowOf(id));
    return row && this.#keyIn(id, row.cells);
  }

  /** The rows of those that are known, in the order asked for. */
  async getMany(context: CallContext, ids: readonly string[]): Promise<ReadonlyMap<string, string>> {
    const plain = ids.filter(isPlainId);
    const asked = plain.filter((id) => !this.#known.has(id));
    const rows = await completeGet(context, this.#rest, this.#table, asked.map(this.#rowOf));
    const keys = new Map<string, string>();
    for (const id of plain) {
      const row = rows.get(this.#rowOf(id));
      const key = row ? this.#keyIn(id, row.cells) : this.#known.get(id);
      if (key !== undefined) keys.set(id, key);
    }
    return keys;
  }

  #keyIn(id: string, cells: ReadonlyMap<string, Buffer>): string | undefined {
    const cell = cells.get(column);
    const key = cell && decodeText(cell);
    if (key !== undefined) this.#known.set(id, key);
    return key;
  }
}
