import type { CallContext } from '../../call-context.ts';
import type { ImportedEntity, ImportRecord, ImportRecords } from '../contract/index.ts';
import { importKey } from './keys.ts';
import type { Column } from './rest/contract.ts';
import { decodeJson, encodeJson } from './values.ts';
import type { Change, VersionedRow, VersionedRows } from './versioned-row.ts';

const column: Column = 'd:i';
const selection = { columns: [column] } as const;

/** What the cell holds: readable in the HBase shell, where the key, a hash, is not. */
interface StoredRecord extends ImportRecord {
  readonly of: ImportedEntity;
}

/** What imports have begun and completed, a row each, in the table of ids. */
export class HBaseImportRecords implements ImportRecords {
  readonly #rows: VersionedRows;
  readonly #table: string;

  constructor(rows: VersionedRows, table: string) {
    this.#rows = rows;
    this.#table = table;
  }

  async get(context: CallContext, entity: ImportedEntity): Promise<ImportRecord | undefined> {
    return recordIn(await this.#rows.read(context, this.#table, importKey(entity), selection));
  }

  async put(context: CallContext, entity: ImportedEntity, { step, digest, at }: ImportRecord): Promise<void> {
    const written: StoredRecord = { of: entity, step, digest, at };
    const change = (row: VersionedRow): Change<undefined> => ({
      cells: recordIn(row)?.step === 'complete' ? new Map() : new Map([[column, encodeJson(written)]]),
      result: undefined,
    });
    await this.#rows.update(this.#table, importKey(entity), change, { selection });
  }
}

function recordIn({ cells }: VersionedRow): ImportRecord | undefined {
  const cell = cells.get(column);
  if (cell === undefined) return undefined;
  const { step, digest, at } = decodeJson('What is known of an import', cell) as unknown as StoredRecord;
  return { step, digest, at };
}
