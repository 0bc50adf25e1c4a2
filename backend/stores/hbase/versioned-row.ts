import { randomBytes } from 'node:crypto';
import { setTimeout } from 'node:timers/promises';
import { background } from '../../call-context.ts';
import type { CallContext } from '../../call-context.ts';
import { StoreCorrupt, StoreUnavailable } from '../contract/index.ts';
import type { Column, HBaseRest, Row, Selection } from './rest/contract.ts';
import { Turns } from './turns.ts';

/** Every row that changes has this column: how often it was written, and the tokens of the last writes. */
export const versionColumn: Column = 'd:v';

/** How many tokens a row keeps: a writer without an answer learns what became of its write if fewer came after it. */
const fewTokens = 12;

/** A row as a decision sees it. */
export interface VersionedRow {
  /** Writes so far; 0 where there is no such row. */
  readonly count: number;
  /** Tokens of the last writes, newest first. */
  readonly tokens: readonly string[];
  readonly cells: ReadonlyMap<Column, Buffer>;
}

/** What a decision wants. */
export interface Change<T> {
  /** The cells to write; none, and nothing is written. */
  readonly cells: ReadonlyMap<Column, Buffer>;
  /** What the update resolves with once they are written. */
  readonly result: T;
  /** Names the write, where others must be able to tell that it was done; a random one otherwise. */
  readonly token?: string;
}

export const newToken = (): string => randomBytes(9).toString('base64url');

const absent: VersionedRow = { count: 0, tokens: [], cells: new Map() };

/** A write that was sent and whose end is not known. */
interface Attempt<T> {
  readonly basis: number;
  readonly result: T;
}

export interface UpdateOptions {
  /** What the decision looks at; the version comes along. */
  readonly selection?: Selection;
  /** The row is most likely not there: it is read only if it is. */
  readonly isNew?: boolean;
}

/**
 * Rows that are read, decided upon and written as one step, as HBase can do with one row at a time: all cells are put
 * by a check of the row's version, whose count and tokens change with every write.
 *
 * A check that failed, or that had no answer, is no proof that nothing was written: an answer may be lost on either side
 * of the REST server, which repeats its own calls. So the writer looks for its token. A token that is not there, though
 * the row has moved on, never will be: the check on the old version fails from then on, however late it comes.
 *
 * An aggregate on top has `update` called with a pure decision, and puts whatever belongs together into one row.
 */
export class VersionedRows {
  readonly #rest: HBaseRest;
  readonly #turns = new Turns();
  readonly #patience: number;
  readonly #tokensKept: number;

  /**
   * @param patience ms that a write tries against the writes of others
   * @param tokensKept how many writes of others may come between one and its writer's look at what became of it
   */
  constructor(rest: HBaseRest, options: { readonly patience?: number; readonly tokensKept?: number } = {}) {
    const { patience = 30_000, tokensKept = fewTokens } = options;
    this.#rest = rest;
    this.#patience = patience;
    this.#tokensKept = tokensKept;
  }

  async read(context: CallContext, table: string, key: string, selection?: Selection): Promise<VersionedRow> {
    return versionedRow(key, await this.#rest.get(context, table, key, selection && withVersion(selection)));
  }

  /**
   * Asks `decide`, which may be called again on a newer state, what to write, and writes it. What it throws ends the
   * update.
   * @throws StoreUnavailable where it is not known whether anything was written
   */
  async update<T>(
    table: string,
    key: string,
    decide: (row: VersionedRow) => Change<T>,
    options: UpdateOptions = {},
  ): Promise<T> {
    return this.#turns.take(`${table}/${key}`, () => this.#update(table, key, decide, options));
  }

  async #update<T>(
    table: string,
    key: string,
    decide: (row: VersionedRow) => Change<T>,
    { selection, isNew = false }: UpdateOptions,
  ): Promise<T> {
    const attempts = new Map<string, Attempt<T>>();
    const giveUp = performance.now() + this.#patience;
    let row = isNew ? absent : await this.read(background, table, key, selection);
    for (let round = 0; ; round++) {
      const { cells, result, token = newToken() } = decide(row);
      if (cells.size === 0) return result;
      const written = new Map([...cells, [versionColumn, nextVersion(row, token, this.#tokensKept)]]);
      const check = { column: versionColumn, expected: row.cells.get(versionColumn) };
      const outcome = await this.#rest.checkAndPut(table, key, written, check);
      if (outcome === true) return result;
      attempts.set(token, { basis: row.count, result });
      // Read first and wait afterwards: the tokens of few writes are kept.
      row = await this.read(background, table, key, selection);
      const done = settle(attempts, row);
      if (done) return done.result;
      if (performance.now() > giveUp) throw new StoreUnavailable(`A row of ${table} changes too fast, or not at all.`);
      if (round === 0) continue;
      await setTimeout(Math.random() * Math.min(200, 2 ** round));
      row = await this.read(background, table, key, selection);
      const late = settle(attempts, row);
      if (late) return late.result;
    }
  }
}

/** Finds the attempt that the row shows as done, and forgets those that can no longer be. */
function settle<T>(attempts: Map<string, Attempt<T>>, { count, tokens }: VersionedRow): Attempt<T> | undefined {
  for (const [token, attempt] of attempts) {
    if (tokens.includes(token)) return attempt;
    if (count - attempt.basis > tokens.length) {
      throw new StoreUnavailable('So many others wrote meanwhile that it is not known whether this was written.');
    }
    if (count > attempt.basis) attempts.delete(token);
  }
  return undefined;
}

const withVersion = (selection: Selection): Selection =>
  selection.columns === undefined || selection.columns.includes('d:')
    ? selection
    : { ...selection, columns: [versionColumn, ...selection.columns] };

function nextVersion({ count, tokens }: VersionedRow, token: string, tokensKept: number): Buffer {
  return Buffer.from([count + 1, token, ...tokens.slice(0, tokensKept - 1)].join(' '));
}

/** @throws StoreCorrupt where the row has cells, and no version */
function versionedRow(key: string, row: Row | undefined): VersionedRow {
  if (row === undefined) return absent;
  const [count = '', ...tokens] = row.cells.get(versionColumn)?.toString().split(' ') ?? [];
  if (!/^[1-9]\d*$/.test(count)) throw new StoreCorrupt(`The row ${key} has no version.`);
  return { count: Number(count), tokens, cells: row.cells };
}
