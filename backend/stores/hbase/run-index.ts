import { LRUCache } from 'lru-cache';
import { isPlainId, runIndexKey } from './keys.ts';
import type { HBaseRest, Row } from './rest/contract.ts';
import { decodeText, encodeText } from './values.ts';

const column = 'd:r';
const remembered = 50_000;

/**
 * Run ids -> the run's row in the table of runs. It never changes, so what was read once is remembered. A row of the
 * index whose run is not there is left by a creation that did not come to its end, and counts as none.
 */
export class RunIndex {
  readonly #rest: HBaseRest;
  readonly #table: string;
  readonly #known = new LRUCache<string, string>({ max: remembered });

  constructor(rest: HBaseRest, table: string) {
    this.#rest = rest;
    this.#table = table;
  }

  /** Before the run itself is written. */
  async set(runId: string, key: string): Promise<void> {
    await this.#rest.put(this.#table, runIndexKey(runId), new Map([[column, encodeText(key)]]));
  }

  /** Remembers a run that was seen in its row. */
  learn(runId: string, key: string): void {
    this.#known.set(runId, key);
  }

  async get(runId: string): Promise<string | undefined> {
    if (!isPlainId(runId)) return undefined;
    const known = this.#known.get(runId);
    if (known !== undefined) return known;
    const row = await this.#rest.get(this.#table, runIndexKey(runId));
    return row && this.#keyIn(runId, row.cells);
  }

  /** The rows of those that are known, in the order asked for. */
  async getMany(runIds: readonly string[]): Promise<ReadonlyMap<string, string>> {
    const plain = runIds.filter(isPlainId);
    const asked = plain.filter((id) => !this.#known.has(id));
    const rows =
      asked.length === 0 ? new Map<string, Row>() : await this.#rest.getMany(this.#table, asked.map(runIndexKey));
    const keys = new Map<string, string>();
    for (const id of plain) {
      const row = rows.get(runIndexKey(id));
      // That many at once did not bring it is no proof that it is not there.
      const key = row ? this.#keyIn(id, row.cells) : await this.get(id);
      if (key !== undefined) keys.set(id, key);
    }
    return keys;
  }

  #keyIn(runId: string, cells: ReadonlyMap<string, Buffer>): string | undefined {
    const cell = cells.get(column);
    const key = cell && decodeText(cell);
    if (key !== undefined) this.#known.set(runId, key);
    return key;
  }
}
