import { decodeExperimentRow, experimentCells, experimentColumns, noPendingCells } from './experiment-row.ts';
import { experimentKey } from './keys.ts';
import type { NameClaims } from './name-claim.ts';
import type { Change, VersionedRow, VersionedRows } from './versioned-row.ts';

/**
 * What became of the operation that was asked about; `unknown` where none was, or where so many others have written
 * meanwhile that its token is gone.
 */
export type Outcome = 'granted' | 'refused' | 'unknown';

const selection = { columns: experimentColumns };

/**
 * Experiments on their way to a name: their row says what they are to become. Whoever comes across one finishes it, in
 * the same way: claims the name, then writes into the row that it now is so, or that it is not to be. That last write is
 * the change, as everybody sees it, and it carries the operation's token, so that the one who began it learns its outcome
 * whoever finished it.
 */
export class PendingChanges {
  readonly #rows: VersionedRows;
  readonly #table: string;
  readonly #names: NameClaims;

  constructor(rows: VersionedRows, table: string, names: NameClaims) {
    this.#rows = rows;
    this.#table = table;
    this.#names = names;
  }

  /** Finishes what is pending on an experiment. @param token the operation whose outcome is of interest */
  async finish(experimentId: string, token?: string): Promise<Outcome> {
    const key = experimentKey(experimentId);
    if (key === undefined) return 'unknown';
    const row = await this.#rows.read(this.#table, key, selection);
    const { pending } = decodeExperimentRow(experimentId, row.cells);
    if (pending === undefined || (token !== undefined && pending.token !== token)) return outcomeOf(row, token);
    const isGranted = await this.#names.claim(pending.next.name, experimentId, pending.token);
    return this.#rows.update<Outcome>(
      this.#table,
      key,
      (current): Change<Outcome> => {
        const still = decodeExperimentRow(experimentId, current.cells).pending?.token === pending.token;
        if (!still) return { cells: new Map(), result: outcomeOf(current, token) };
        return {
          cells: isGranted ? experimentCells(pending.next) : noPendingCells,
          token: pending.token + (isGranted ? '+' : '-'),
          result: isGranted ? 'granted' : 'refused',
        };
      },
      { selection },
    );
  }
}

function outcomeOf({ tokens }: VersionedRow, token: string | undefined): Outcome {
  if (token === undefined) return 'unknown';
  if (tokens.includes(`${token}+`)) return 'granted';
  return tokens.includes(`${token}-`) ? 'refused' : 'unknown';
}
