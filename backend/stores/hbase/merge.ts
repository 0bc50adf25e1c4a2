import type { CallContext } from '../../call-context.ts';
import type { ScanPosition } from '../contract/index.ts';
import { completeScan } from './complete-scan.ts';
import { bucketCount, partsOfRunKey, placeBehind } from './keys.ts';
import type { Column, HBaseRest, Row } from './rest/contract.ts';

export interface Merge {
  /** What the keys of each group begin with: its rows lie in the order of their places (`partsOfRunKey`). */
  readonly groups: readonly string[];
  readonly after: ScanPosition | undefined;
  /** About how many rows the caller expects to take. */
  readonly expect: number;
  readonly columns: readonly Column[] | undefined;
}

const largestPage = 500;

/**
 * The rows of runs or logged models of some experiments, newest first across all of them: a merge of their groups, each
 * of which lies in that order. Rows of a group are asked for when those before have been taken, and the next ones
 * meanwhile, once the caller has gone beyond what it expected.
 */
export async function* mergeNewestFirst(
  context: CallContext,
  rest: HBaseRest,
  table: string,
  { groups, after, expect, columns }: Merge,
): AsyncGenerator<readonly Row[]> {
  const pageSize = Math.max(1, Math.min(largestPage, expect));
  const share = expectedOfEach(pageSize, groups.length);
  const sources = groups.map((group) => {
    const start = group + (after ? placeBehind(after) : '');
    return new Source(completeScan(context, rest, table, { columns, group, start, expect: share }));
  });
  try {
    await Promise.all(sources.map((source) => source.fill(false)));
    const queue = sources.filter((source) => source.head).sort(byPlace);
    let page: Row[] = [];
    let taken = 0;
    for (let source = queue.shift(); source; source = queue.shift()) {
      page.push(source.take());
      taken++;
      if (source.isEmpty) await source.fill(taken > expect);
      if (source.head) queue.splice(placeIn(queue, source), 0, source);
      if (page.length >= pageSize) {
        yield page;
        page = [];
      }
    }
    if (page.length > 0) yield page;
  } finally {
    await Promise.all(sources.map((source) => source.end()));
  }
}

/** Rows spread over the groups by chance: a little more than an equal share saves most second requests. */
function expectedOfEach(rows: number, groups: number): number {
  const share = rows / Math.max(bucketCount, groups);
  return Math.ceil(share + 2 * Math.sqrt(share) + 1);
}

const byPlace = (a: Source, b: Source): number => (a.place < b.place ? -1 : 1);

/** Where a source belongs among those sorted by place. */
function placeIn(queue: readonly Source[], source: Source): number {
  let [low, high] = [0, queue.length];
  while (low < high) {
    const middle = (low + high) >> 1;
    if ((queue[middle] as Source).place < source.place) low = middle + 1;
    else high = middle;
  }
  return low;
}

/** One group's rows, read some at a time. */
class Source {
  readonly #pages: AsyncGenerator<readonly Row[]>;
  #rows: readonly Row[] = [];
  #at = 0;
  #ahead: Promise<IteratorResult<readonly Row[]>> | undefined;
  place = '';

  constructor(pages: AsyncGenerator<readonly Row[]>) {
    this.#pages = pages;
  }

  get head(): Row | undefined {
    return this.#rows[this.#at];
  }

  get isEmpty(): boolean {
    return this.#at === this.#rows.length;
  }

  take(): Row {
    const row = this.#rows[this.#at++];
    if (row === undefined) throw new RangeError('no row is left');
    this.#see();
    return row;
  }

  /** Waits for the next rows. @param goesOn whether those behind them will be wanted, too */
  async fill(goesOn: boolean): Promise<void> {
    const next = await (this.#ahead ?? this.#pages.next());
    this.#ahead = undefined;
    this.#rows = next.done ? [] : next.value;
    this.#at = 0;
    this.#see();
    if (goesOn && !next.done) {
      this.#ahead = this.#pages.next();
      // Whoever takes it sees the failure; nobody may.
      this.#ahead.catch(() => undefined);
    }
  }

  async end(): Promise<void> {
    await this.#pages.return(undefined);
  }

  #see(): void {
    const head = this.head;
    if (head) this.place = partsOfRunKey(head.key).place;
  }
}
