import { background } from '../../backend/call-context.ts';
import type { HBaseRest, Row, RowRange } from '../../backend/stores/hbase/rest/contract.ts';

/**
 * The same HBase, with every key behind a prefix: what was written under another prefix is not there. Tables are dear
 * (a new one takes seconds), keys are not.
 * @param prefix of `[A-Za-z0-9.]`
 */
export function namespacedHBase(rest: HBaseRest, prefix: string): HBaseRest {
  const inside = (key: string): string => prefix + key;
  const outside = ({ key, cells }: Row): Row => ({ key: key.slice(prefix.length), cells });
  return {
    get: async (context, table, key, selection) => {
      const row = await rest.get(background, table, inside(key), selection);
      return row && outside(row);
    },
    getMany: async (context, table, keys, selection) => {
      const rows = await rest.getMany(background, table, keys.map(inside), selection);
      return new Map([...rows.values()].map((row) => [outside(row).key, outside(row)]));
    },
    put: (table, key, cells) => rest.put(table, inside(key), cells),
    checkAndPut: (table, key, cells, check) => rest.checkAndPut(table, inside(key), cells, check),
    deleteRow: (table, key) => rest.deleteRow(table, inside(key)),
    scan: (context, table, range) => scan(table, range),
    schema: (table) => rest.schema(table),
    createTable: (table, schema) => rest.createTable(table, schema),
    get cellsRead() {
      return rest.cellsRead;
    },
  };

  async function* scan(table: string, range: RowRange): AsyncIterable<readonly Row[]> {
    for await (const rows of rest.scan(background, table, {
      ...range,
      start: inside(range.start),
      end: inside(range.end),
    })) {
      yield rows.map(outside);
    }
  }
}
