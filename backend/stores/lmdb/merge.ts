import { setImmediate } from 'node:timers/promises';
import { compareInt64 } from '../../entities/int64.ts';
import type { RunInfo } from '../../entities/run.ts';
import type { ScanPosition } from '../contract/index.ts';
import { decodeRun } from './codec.ts';
import type { Environment } from './environment.ts';
import type { KeyRange } from './keys.ts';
import { experimentPrefix, rowKey, rowsOf, runIdOf } from './keys.ts';

/** A run's row key and attributes. */
export interface Row {
  readonly row: Buffer;
  readonly info: RunInfo;
}

const largestPage = 500;

/**
 * The rows of some experiments in newest-first order, each experiment's rows lying in that order already. Between pages
 * other work gets its turn: a scan of everything may take a second.
 */
export async function* mergeNewestFirst(
  env: Environment,
  experimentIds: readonly string[],
  after: ScanPosition | undefined,
  expect: number,
): AsyncGenerator<readonly Row[]> {
  const pageSize = Math.max(1, Math.min(largestPage, expect));
  const perExperiment = Math.max(16, Math.ceil(pageSize / Math.max(1, experimentIds.length)));
  const sources = experimentIds.map((id) => new Source(env, id, after, perExperiment)).filter((source) => source.head);
  let page: Row[] = [];
  while (sources.length > 0) {
    const source = newest(sources);
    page.push(source.take());
    if (source.head === undefined) sources.splice(sources.indexOf(source), 1);
    if (page.length === pageSize) {
      yield page;
      page = [];
      await setImmediate();
    }
  }
  if (page.length > 0) yield page;
}

/** Few experiments are searched at a time, so looking at each head is as good as a heap. */
function newest(sources: readonly Source[]): Source {
  return sources.reduce((best, source) => (source.comesBefore(best) ? source : best));
}

/** One experiment's rows, read some at a time. */
class Source {
  readonly #env: Environment;
  readonly #experimentId: string;
  readonly #range: KeyRange;
  readonly #size: number;
  #last: Buffer | undefined;
  #rows: Row[] = [];
  #next = 0;

  constructor(env: Environment, experimentId: string, after: ScanPosition | undefined, size: number) {
    this.#env = env;
    this.#experimentId = experimentId;
    this.#range = rowsOf(experimentId);
    this.#size = size;
    this.#last = after && rowKey(experimentId, after.startTime, after.runId);
    this.#fill();
  }

  get head(): Row | undefined {
    return this.#rows[this.#next];
  }

  take(): Row {
    const row = this.#rows[this.#next++];
    if (row === undefined) throw new RangeError('no row is left');
    if (this.#next === this.#rows.length) this.#fill();
    return row;
  }

  comesBefore(other: Source): boolean {
    const [a, b] = [this.head?.info, other.head?.info];
    if (a === undefined || b === undefined) return b === undefined;
    return (compareInt64(b.startTime, a.startTime) || (a.runId < b.runId ? -1 : 1)) < 0;
  }

  #fill(): void {
    const start = this.#last ?? this.#range.start;
    const options = { start, end: this.#range.end, limit: this.#size, exclusiveStart: this.#last !== undefined };
    const prefixLength = experimentPrefix(this.#experimentId).length;
    this.#rows = [];
    this.#next = 0;
    for (const { key, value } of this.#env.infos.getRange(options)) {
      this.#rows.push({ row: key, info: decodeRun(runIdOf(key, prefixLength), this.#experimentId, value) });
    }
    this.#last = this.#rows.at(-1)?.row ?? this.#last;
  }
}
