import { z } from 'zod';
import { StoreCorrupt } from '../../contract/index.ts';
import type { TableSchema } from './contract.ts';
import { isNoTable } from './failures.ts';
import { checkTable } from './names.ts';
import { callNpm, OtherStatus } from './npm-client.ts';
import type { Transport } from './transport.ts';

/** HBase's master waits for all regions of a new table. */
const creationTime = 120_000;

/** A table's schema; undefined where HBase itself says that there is no such table. */
export async function readSchema(transport: Transport, table: string): Promise<TableSchema | undefined> {
  checkTable(table);
  let missing = false;
  const manner = {
    table,
    repeatable: true,
    expects: [200, 404],
    answered: (answer: Parameters<typeof isNoTable>[0]) => void (missing = isNoTable(answer)),
  };
  try {
    return schemaOf(await callNpm<unknown>(transport, manner, (client, done) => client.table(table).schema(done)));
  } catch (error) {
    if (error instanceof OtherStatus && missing) return undefined;
    throw error instanceof OtherStatus
      ? new StoreCorrupt(`HBase REST knows no schema of ${table} (404): look at the address and its path.`)
      : error;
  }
}

/**
 * Creates a table. One that is there stays as it is: HBase REST itself would give it the new schema, and drop the families
 * that are not in it.
 */
export async function createTable(transport: Transport, table: string, schema: TableSchema): Promise<void> {
  if ((await readSchema(transport, table)) !== undefined) return;
  const families = Object.entries(schema.families).map(([name, attributes]) => ({ ...attributes, name }));
  const manner = { table, repeatable: false, expects: [200, 201, 304], timeout: creationTime };
  try {
    await callNpm(transport, manner, (client, done) =>
      client.table(table).create({ ...schema.attributes, ColumnSchema: families }, done),
    );
  } catch (error) {
    // 304: another has created it meanwhile.
    if (!(error instanceof OtherStatus)) throw error;
  }
}

/** `{"name":"t","ColumnSchema":[{"name":"d","VERSIONS":"1"}],"IS_META":"false","DURABILITY":"FSYNC_WAL"}` */
const wireSchema = z.looseObject({ name: z.string(), ColumnSchema: z.array(z.looseObject({ name: z.string() })) });

function schemaOf(value: unknown): TableSchema {
  const { success, data } = wireSchema.safeParse(value);
  if (!success) throw new StoreCorrupt('HBase REST sent a schema that is none.');
  const families = data.ColumnSchema.map((family) => [family.name, attributesOf(family, ['name'])] as const);
  return { attributes: attributesOf(data, ['name', 'ColumnSchema']), families: Object.fromEntries(families) };
}

function attributesOf(
  values: Readonly<Record<string, unknown>>,
  others: readonly string[],
): Readonly<Record<string, string>> {
  const attributes = Object.entries(values).filter(([name]) => !others.includes(name));
  return Object.fromEntries(attributes.map(([name, value]) => [name, String(value)]));
}
