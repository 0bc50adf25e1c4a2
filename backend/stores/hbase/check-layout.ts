import { background } from '../../call-context.ts';
import { StoreCorrupt, StoreUnavailable } from '../contract/index.ts';
import { layoutKey } from './keys.ts';
import { layoutVersion, namesOf } from './layout.ts';
import type { Tables } from './layout.ts';
import type { HBaseRest } from './rest/contract.ts';
import { decodeText, encodeText } from './values.ts';

const column = 'd:i';

/** Says in each table which layout it has. `kirka store init` does, behind everything else. */
export async function markLayout(rest: HBaseRest, tables: Tables): Promise<void> {
  const cells = new Map([[column, encodeText(String(layoutVersion))]]);
  for (const table of namesOf(tables)) await rest.put(table, layoutKey, cells);
}

/**
 * Looks whether every table can be read and has the layout that this version reads. HBase REST answers a read that it
 * may not do as if there were no such row; here it comes to light.
 * @throws StoreUnavailable where `kirka store init` is to be run, StoreCorrupt for another layout
 */
export async function checkLayout(rest: HBaseRest, tables: Tables): Promise<void> {
  for (const table of namesOf(tables)) {
    const found = await layoutOf(rest, table);
    if (found === undefined) {
      throw new StoreUnavailable(
        `HBase has no table ${table} that Kirka can read: run 'kirka store init', or grant the backend's user RW on it.`,
      );
    }
    if (found !== layoutVersion) {
      throw new StoreCorrupt(
        `The table ${table} has layout ${String(found)}; this version of Kirka reads layout ${String(layoutVersion)}.`,
      );
    }
  }
}

/** The layout of a table; undefined where there is no such table, or nothing in it says so. */
export async function layoutOf(rest: HBaseRest, table: string): Promise<number | undefined> {
  const cell = (await rest.get(background, table, layoutKey))?.cells.get(column);
  return cell && Number(decodeText(cell));
}
