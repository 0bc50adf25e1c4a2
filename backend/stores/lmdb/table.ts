import type { Database, Key, RangeOptions } from 'lmdb';
import { changeFailure, readFailure } from './failures.ts';

/** What a table needs of the environment that it is in. */
export interface Guard {
  /** @throws StoreUnavailable where the environment may not be read any more */
  readonly use: () => void;
  /** Lets go of the snapshot in which a read has failed: LMDB fails all that follow in it. */
  readonly renew: () => void;
}

export interface Entry<Value, K extends Key = Buffer> {
  readonly key: K;
  readonly value: Value;
}

export type Range = Pick<RangeOptions, 'start' | 'end' | 'limit' | 'reverse' | 'exclusiveStart'>;

/**
 * One database of the environment. What LMDB finds wrong, and what cannot be decoded, ends the read that met it, as
 * `StoreCorrupt` with the record's key, and no other: the next one is given a snapshot of its own.
 */
export class Table<Value, K extends Buffer | string = Buffer> {
  readonly #name: string;
  readonly #database: Database<Value, K>;
  readonly #guard: Guard;

  constructor(name: string, database: Database<Value, K>, guard: Guard) {
    this.#name = name;
    this.#database = database;
    this.#guard = guard;
  }

  /** @throws StoreCorrupt | StoreUnavailable */
  get(key: K): Value | undefined;
  get<Read>(key: K, decode: (value: Value) => Read): Read | undefined;
  get(key: K, decode: (value: Value) => unknown = (value) => value): unknown {
    return this.#read(key, () => {
      const value = this.#database.get(key);
      return value === undefined ? undefined : decode(value);
    });
  }

  has(key: K): boolean {
    return this.#read(key, () => this.#database.doesExist(key));
  }

  /** Visits all entries of a range, in one go. */
  each(range: Range, visit: (key: K, value: Value) => void): void {
    this.#each(
      range,
      this.#database.getRange(range),
      ({ key }) => key,
      ({ key, value }) => {
        visit(key, value);
      },
    );
  }

  /** What `read` makes of all entries of a range, in one go. */
  entries<Read>(range: Range, read: (entry: Entry<Value, K>) => Read): readonly Read[] {
    const found: Read[] = [];
    this.#each(
      range,
      this.#database.getRange(range),
      ({ key }) => key,
      (entry) => found.push(read(entry)),
    );
    return found;
  }

  keys(range: Range): readonly K[] {
    const found: K[] = [];
    this.#each(
      range,
      this.#database.getKeys(range),
      (key) => key,
      (key) => found.push(key),
    );
    return found;
  }

  /** Inside a write only. */
  put(key: K, value: Value): void {
    this.#change(key, () => {
      this.#database.putSync(key, value);
    });
  }

  /** Inside a write only. */
  remove(key: K): void {
    this.#change(key, () => this.#database.removeSync(key));
  }

  #read<Read>(key: K, read: () => Read): Read {
    this.#guard.use();
    try {
      return read();
    } catch (error) {
      this.#guard.renew();
      throw readFailure(error, { table: this.#name, key });
    }
  }

  #each<Item>({ start }: Range, items: Iterable<Item>, keyOf: (item: Item) => K, visit: (item: Item) => void): void {
    this.#guard.use();
    let [key, behind]: [K | undefined, unknown] = [undefined, start];
    let iterator: Iterator<Item> | undefined;
    try {
      iterator = items[Symbol.iterator]();
      for (let next = iterator.next(); next.done !== true; next = iterator.next()) {
        key = keyOf(next.value);
        visit(next.value);
        behind = key;
        key = undefined;
      }
    } catch (error) {
      // An iterator that has thrown still holds its snapshot, and the file grows by all that is written meanwhile.
      iterator?.return?.();
      this.#guard.renew();
      throw readFailure(error, { table: this.#name, key, behind });
    }
  }

  #change(key: K, change: () => unknown): void {
    try {
      change();
    } catch (error) {
      throw changeFailure(error, { table: this.#name, key });
    }
  }
}
