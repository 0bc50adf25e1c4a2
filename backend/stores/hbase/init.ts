import { StoreCorrupt } from '../contract/index.ts';
import { layoutOf, markLayout } from './check-layout.ts';
import { putSentinel } from './complete-scan.ts';
import { experimentGroup, modelNameGroup } from './keys.ts';
import { layoutVersion, schemasOf, splitsOf, tablesOf } from './layout.ts';
import type { HBaseRest, TableSchema } from './rest/contract.ts';

/** What is to be done for one table. */
export interface TablePlan {
  readonly table: string;
  readonly schema: TableSchema;
  readonly isMissing: boolean;
  /** Settings of a table that is there which are not as they should be, a line each. They are left alone. */
  readonly differences: readonly string[];
  /** Lines for the HBase shell that spread the table over region servers, which REST cannot. */
  readonly splits: readonly string[];
}

/**
 * What `kirka store init` would do; nothing is changed.
 * @throws StoreUnavailable, and StoreCorrupt where another version's tables are there
 */
export async function planTables(rest: HBaseRest, prefix: string, compression: string): Promise<readonly TablePlan[]> {
  const tables = tablesOf(prefix);
  const splits = splitsOf(tables);
  const plans: TablePlan[] = [];
  for (const [table, schema] of schemasOf(tables, compression)) {
    const found = await rest.schema(table);
    const layout = found && (await layoutOf(rest, table));
    if (layout !== undefined && layout !== layoutVersion) {
      throw new StoreCorrupt(
        `The table ${table} has layout ${String(layout)}; this version of Kirka makes layout ${String(layoutVersion)}.`,
      );
    }
    plans.push({
      table,
      schema,
      isMissing: found === undefined,
      differences: found ? differencesOf(schema, found) : [],
      splits: (splits.get(table) ?? []).map((key) => `split '${table}', '${key}'`),
    });
  }
  return plans;
}

/** Does what is planned. Nothing is dropped or altered, and what is there already stays; it may be run at any time. */
export async function initTables(rest: HBaseRest, prefix: string, plans: readonly TablePlan[]): Promise<void> {
  for (const { table, schema, isMissing } of plans) if (isMissing) await rest.createTable(table, schema);
  const tables = tablesOf(prefix);
  await putSentinel(rest, tables.experiments, experimentGroup);
  await putSentinel(rest, tables.models, modelNameGroup);
  await markLayout(rest, tables);
}

/** Compression is the administrator's choice, whatever this run would have made. */
const chosen = new Set(['COMPRESSION', 'DATA_BLOCK_ENCODING', 'BLOOMFILTER']);

function differencesOf(wanted: TableSchema, found: TableSchema): string[] {
  const compare = (where: string, a: Readonly<Record<string, string>>, b: Readonly<Record<string, string>>): string[] =>
    Object.entries(a)
      .filter(([name, value]) => !chosen.has(name) && b[name] !== value)
      .map(([name, value]) => `${where}${name} is ${b[name] ?? 'not set'}, not ${value}`);
  return [
    ...compare('', wanted.attributes, found.attributes),
    ...Object.entries(wanted.families).flatMap(([family, attributes]) => {
      const there = found.families[family];
      return there ? compare(`family ${family}: `, attributes, there) : [`family ${family} is missing`];
    }),
  ];
}
