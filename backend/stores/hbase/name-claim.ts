import type { CallContext } from '../../call-context.ts';
import type { Column } from './rest/contract.ts';
import { decodeJson, encodeJson, encodeText } from './values.ts';
import type { Change, VersionedRow, VersionedRows } from './versioned-row.ts';

/** Who bears a name: an id, and the token of the operation by which it came to it. */
interface Claim {
  readonly holder: string;
  readonly token: string;
}

export interface NameClaimsOptions {
  readonly rows: VersionedRows;
  readonly table: string;
  readonly keyOf: (name: string) => string;
  /** Whether the holder bears the name, once what it has under way to that name is finished. */
  readonly bears: (holder: string, name: string) => Promise<boolean>;
}

/**
 * Names that one holder at a time may bear, such as those of experiments. A name and its holder are two rows, which HBase
 * does not change together, so **the holder's row is the truth**: a claim whose holder does not bear the name, because
 * it is called otherwise by now or was never finished, is as good as none and is taken over. Nothing frees a name.
 *
 * The order makes it safe. Whoever wants a name first writes into its own row that it is to bear it, then claims it, and
 * bears it only then. From the first of these on `bears` finishes it instead of calling the claim free. A claim is
 * written anew by every operation (its token), so that a takeover which had judged the older claim fails.
 */
export class NameClaims {
  readonly #options: NameClaimsOptions;

  constructor(options: NameClaimsOptions) {
    this.#options = options;
  }

  /** The id that may bear the name: look into its row. */
  async holderOf(context: CallContext, name: string): Promise<string | undefined> {
    const { rows, table, keyOf } = this.#options;
    return claimOf(await rows.read(context, table, keyOf(name)))?.holder;
  }

  /** Claims the name for the holder, or has done so. @returns false where another bears it */
  async claim(name: string, holder: string, token: string): Promise<boolean> {
    const { rows, table, keyOf, bears } = this.#options;
    const take: Change<Taken> = {
      cells: new Map([
        ['d:c', encodeJson({ holder, token } satisfies Claim)],
        ['d:n', encodeText(name)],
      ]),
      result: 'taken',
    };
    const keep = <T>(result: T): Change<T> => ({ cells: new Map(), result });
    /** The claim that was found to be stale: at this count, it may be replaced. */
    let stale: number | undefined;
    for (;;) {
      const answer = await rows.update<Taken | Other>(table, keyOf(name), (row) => {
        const found = claimOf(row);
        if (found === undefined || row.count === stale) return take;
        if (found.holder !== holder) return keep({ ...found, count: row.count });
        return found.token === token ? keep('taken') : take;
      });
      if (answer === 'taken') return true;
      if (await bears(answer.holder, name)) return false;
      stale = answer.count;
    }
  }
}

type Taken = 'taken';

interface Other extends Claim {
  readonly count: number;
}

/** What a row of a name is read for. */
export const claimColumns: readonly Column[] = ['d:c'];

/** The id that may bear the name of a row. */
export const holderIn = (cells: ReadonlyMap<Column, Buffer>): string | undefined => claimIn(cells)?.holder;

const claimOf = ({ cells }: VersionedRow): Claim | undefined => claimIn(cells);

function claimIn(cells: ReadonlyMap<Column, Buffer>): Claim | undefined {
  const cell = cells.get('d:c');
  if (cell === undefined) return undefined;
  const { holder, token } = decodeJson('A claim of a name', cell);
  return { holder: String(holder), token: String(token) };
}
