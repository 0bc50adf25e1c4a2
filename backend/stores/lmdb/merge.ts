import { throwIfEnded } from '../../call-context.ts';
import type { CallContext } from '../../call-context.ts';
import type { Int64 } from '../../entities/int64.ts';
import { compareInt64 } from '../../entities/int64.ts';
import { giveWay } from './give-way.ts';
import type { KeyRange } from './keys.ts';
import { experimentPrefix, rowKey, rowsOf, idOf } from './keys.ts';
import type { Table } from './table.ts';

/** A row's key and what it holds. */
export interface Row<Info> {
  readonly row: Buffer;
  readonly info: Info;
}

/** Where a row stands in its experiment: newest first, then by id. */
export interface Place {
  readonly time: Int64;
  readonly id: string;
}

/** A table whose keys are rows (`rowKey`). */
export interface RowTable<Info> {
  readonly table: Table<unknown>;
  readonly decode: (id: string, experimentId: string, record: unknown) => Info;
  readonly placeOf: (info: Info) => Place;
}

const largestPage = 500;

/**
 * The rows of some experiments in newest-first order, each experiment's rows lying in that order already. Between pages
 * other work gets its turn: a scan of everything may take a second.
 */
export async function* mergeNewestFirst<Info>(
  context: CallContext,
  rows: RowTable<Info>,
  experimentIds: readonly string[],
  after: Place | undefined,
  expect: number,
): AsyncGenerator<readonly Row<Info>[]> {
  throwIfEnded(context);
  const pageSize = Math.max(1, Math.min(largestPage, expect));
  const perExperiment = Math.max(16, Math.ceil(pageSize / Math.max(1, experimentIds.length)));
  const sources = experimentIds.map((id) => new Source(rows, id, after, perExperiment));
  // The next one last: it is taken off there, and put back where its next row belongs.
  const queue = sources.filter(({ head }) => head).sort((a, b) => (a.comesBefore(b) ? 1 : -1));
  let page: Row<Info>[] = [];
  for (let source = queue.pop(); source; source = queue.pop()) {
    page.push(source.take());
    if (source.head !== undefined) queue.splice(placeIn(queue, source), 0, source);
    if (page.length === pageSize) {
      yield page;
      page = [];
      await giveWay(context);
    }
  }
  if (page.length > 0) yield page;
}

/** Where a source belongs in the queue. */
function placeIn<Info>(queue: readonly Source<Info>[], source: Source<Info>): number {
  let [low, high] = [0, queue.length];
  while (low < high) {
    const middle = (low + high) >> 1;
    if (queue[middle]?.comesBefore(source)) high = middle;
    else low = middle + 1;
  }
  return low;
}

/** One experiment's rows, read some at a time. */
class Source<Info> {
  readonly #source: RowTable<Info>;
  readonly #experimentId: string;
  readonly #range: KeyRange;
  readonly #size: number;
  #last: Buffer | undefined;
  #rows: readonly Row<Info>[] = [];
  #next = 0;

  constructor(source: RowTable<Info>, experimentId: string, after: Place | undefined, size: number) {
    this.#source = source;
    this.#experimentId = experimentId;
    this.#range = rowsOf(experimentId);
    this.#size = size;
    this.#last = after && rowKey(experimentId, after.time, after.id);
    this.#fill();
  }

  get head(): Row<Info> | undefined {
    return this.#rows[this.#next];
  }

  take(): Row<Info> {
    const row = this.#rows[this.#next++];
    if (row === undefined) throw new RangeError('no row is left');
    if (this.#next === this.#rows.length) this.#fill();
    return row;
  }

  comesBefore(other: Source<Info>): boolean {
    const [a, b] = [this.#place, other.#place];
    if (a === undefined || b === undefined) return b === undefined;
    return (compareInt64(b.time, a.time) || (a.id < b.id ? -1 : 1)) < 0;
  }

  get #place(): Place | undefined {
    return this.head && this.#source.placeOf(this.head.info);
  }

  #fill(): void {
    const start = this.#last ?? this.#range.start;
    const options = { start, end: this.#range.end, limit: this.#size, exclusiveStart: this.#last !== undefined };
    const prefixLength = experimentPrefix(this.#experimentId).length;
    const { table, decode } = this.#source;
    this.#next = 0;
    this.#rows = table.entries(options, ({ key, value }) => ({
      row: key,
      info: decode(idOf(key, prefixLength), this.#experimentId, value),
    }));
    this.#last = this.#rows.at(-1)?.row ?? this.#last;
  }
}
