import { ConfigError } from '../../backend/config/config-error.ts';
import { hbaseConfigOf } from '../../backend/config/hbase-config.ts';
import { kerberosConfigOf } from '../../backend/config/kerberos-config.ts';
import { readSettings } from '../../backend/config/read-settings.ts';
import type { Typed } from '../../backend/config/read-settings.ts';
import { connectHBase } from '../../backend/stores/hbase/connect.ts';
import { initTables, planTables } from '../../backend/stores/hbase/init.ts';
import type { TablePlan } from '../../backend/stores/hbase/init.ts';
import { explainStart, refuse } from '../explain-start.ts';
import { useKeytab } from '../use-keytab.ts';

/** Flags of `kirka store init`, besides HBase's settings. */
export type StoreInitFlags = Typed & { readonly dryRun?: boolean; readonly compression: string };

/** `kirka store init`: makes the tables that are missing, and says what it finds and does. */
export async function storeInit({ dryRun, compression, ...flags }: StoreInitFlags, environment: Typed): Promise<void> {
  try {
    if (!/^[A-Z0-9_]{1,32}$/.test(compression)) throw new ConfigError('--compression must be a name such as GZ.');
    const settings = readSettings(flags, environment);
    const config = hbaseConfigOf(settings);
    if (config === undefined) {
      throw new ConfigError('set --hbase (KIRKA_HBASE) to the HBase REST servers; the embedded store needs no tables.');
    }
    useKeytab(kerberosConfigOf({ ...settings, webhdfsKerberos: false }), process.env);
    const { rest, name, release } = connectHBase(config);
    try {
      const plans = await planTables(rest, config.tablePrefix, compression);
      process.stdout.write(`HBase at ${name}\n\n${plans.map(described).join('\n')}`);
      if (dryRun === true) {
        process.stdout.write('\nNothing was changed (--dry-run).\n');
        return;
      }
      await initTables(rest, config.tablePrefix, plans);
      const made = plans.filter((plan) => plan.isMissing).length;
      process.stdout.write(`\nMade ${String(made)} of ${String(plans.length)} tables; all are ready.\n`);
      process.stdout.write(splitLines(plans));
    } finally {
      await release();
    }
  } catch (error) {
    refuse(explainStart(error));
  }
}

/** A table's settings as the HBase shell writes them, and what differs in one that is there. */
function described({ table, schema, isMissing, differences }: TablePlan): string {
  const attributes = (values: Readonly<Record<string, string>>): string =>
    Object.entries(values)
      .map(([name, value]) => `${name} => '${value}'`)
      .join(', ');
  const families = Object.entries(schema.families).map(
    ([name, values]) => `    {NAME => '${name}', ${attributes(values)}}`,
  );
  if (isMissing)
    return `${table}: is missing, to be made with ${attributes(schema.attributes)}\n${families.join('\n')}\n`;
  if (differences.length === 0) return `${table}: is there\n`;
  return `${table}: is there, and is left as it is:\n${differences.map((line) => `    ${line}\n`).join('')}`;
}

function splitLines(plans: readonly TablePlan[]): string {
  const lines = plans.filter((plan) => plan.isMissing).flatMap((plan) => plan.splits);
  if (lines.length === 0) return '';
  return `\nTo spread the tables over several region servers from the start, type into 'hbase shell':\n  ${lines.join('\n  ')}\n`;
}
