import { background } from '../../call-context.ts';
import type { NameClaims } from './name-claim.ts';
import type { Column } from './rest/contract.ts';
import type { Change, VersionedRow, VersionedRows } from './versioned-row.ts';

/**
 * What became of the operation that was asked about; `unknown` where none was, or where so many others have written
 * meanwhile that its token is gone.
 */
export type Outcome = 'granted' | 'refused' | 'unknown';

/** A row that bears a name, as far as its name goes. */
export interface NamedRow {
  /** What it is called now; undefined where it is nothing yet, or nothing any more. */
  readonly name: string | undefined;
  readonly pending:
    | {
        /** Names the operation: the row's tokens tell with `+` or `-` behind it whether it got the name. */
        readonly token: string;
        readonly name: string;
        /** What is written once it has the name: the change, and that nothing is pending. */
        readonly granted: () => ReadonlyMap<Column, Buffer>;
      }
    | undefined;
}

/** Rows that bear names. */
export interface NamedRows {
  readonly rows: VersionedRows;
  readonly table: string;
  readonly names: NameClaims;
  /** The key of a holder's row; undefined where there can be none. */
  readonly keyOf: (holder: string) => string | undefined;
  /** What `decode` looks at. */
  readonly columns: readonly Column[];
  readonly decode: (holder: string, cells: ReadonlyMap<Column, Buffer>) => NamedRow;
  /** What is written where the name was another's: that nothing is pending. */
  readonly refused: ReadonlyMap<Column, Buffer>;
}

/**
 * Experiments and registered models on their way to a name: their row says what they are to become. Whoever comes across
 * one finishes it, in the same way: claims the name, then writes into the row that it now is so, or that it is not to be.
 * That last write is the change, as everybody sees it, and it carries the operation's token, so that the one who began it
 * learns its outcome whoever finished it.
 */
export class PendingChanges {
  readonly #options: NamedRows;

  constructor(options: NamedRows) {
    this.#options = options;
  }

  /** Finishes what is pending on a holder. @param token the operation whose outcome is of interest */
  async finish(holder: string, token?: string): Promise<Outcome> {
    const { rows, table, names, keyOf, columns, decode, refused } = this.#options;
    const key = keyOf(holder);
    if (key === undefined) return 'unknown';
    const row = await rows.read(background, table, key, { columns });
    const { pending } = decode(holder, row.cells);
    if (pending === undefined || (token !== undefined && pending.token !== token)) return outcomeOf(row, token);
    const isGranted = await names.claim(pending.name, holder, pending.token);
    return rows.update<Outcome>(
      table,
      key,
      (current): Change<Outcome> => {
        const still = decode(holder, current.cells).pending?.token === pending.token;
        if (!still) return { cells: new Map(), result: outcomeOf(current, token) };
        return {
          cells: isGranted ? pending.granted() : refused,
          token: pending.token + (isGranted ? '+' : '-'),
          result: isGranted ? 'granted' : 'refused',
        };
      },
      { selection: { columns } },
    );
  }

  /**
   * Whether the holder bears the name, once what it has under way **to that name** is finished. What is under way to
   * another is left: until it is finished the holder bears the name, and two that want each other's would finish each
   * other for ever.
   */
  async bears(holder: string, name: string): Promise<boolean> {
    const { rows, table, keyOf, columns, decode } = this.#options;
    const key = keyOf(holder);
    if (key === undefined) return false;
    for (;;) {
      const found = decode(holder, (await rows.read(background, table, key, { columns })).cells);
      if (found.name === name) return true;
      if (found.pending?.name !== name) return false;
      await this.finish(holder);
    }
  }
}

function outcomeOf({ tokens }: VersionedRow, token: string | undefined): Outcome {
  if (token === undefined) return 'unknown';
  if (tokens.includes(`${token}+`)) return 'granted';
  return tokens.includes(`${token}-`) ? 'refused' : 'unknown';
}
