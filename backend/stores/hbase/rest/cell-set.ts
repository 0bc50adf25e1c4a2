import { StoreCorrupt } from '../../contract/index.ts';

/** A cell as npm `hbase` names its parts, which hands them through as they are when its encoding is `base64`. */
export interface WireCell {
  readonly column: Buffer;
  readonly $: Buffer;
}

export interface WireRow {
  readonly key: Buffer;
  readonly Cell: readonly WireCell[];
}

/*
 * HBase REST's CellSet in protobuf, its only binary form (hbase-rest: CellSetMessage.proto, CellMessage.proto):
 *   CellSet { repeated Row rows = 1 }   Row { bytes key = 1; repeated Cell values = 2 }
 *   Cell { bytes row = 1; bytes column = 2; int64 timestamp = 3; bytes data = 4 }
 */
const bytes = 2;
const field = (number: number): number => (number << 3) | bytes;

/** The rows of a CellSet message; values are views of `message`. @throws StoreCorrupt where it is none */
export function decodeCellSet(message: Buffer): readonly WireRow[] {
  const rows: WireRow[] = [];
  eachField(message, (number, value) => {
    if (number === 1) rows.push(decodeRow(value));
  });
  return rows;
}

function decodeRow(message: Buffer): WireRow {
  let key: Buffer | undefined;
  const cells: WireCell[] = [];
  eachField(message, (number, value) => {
    if (number === 1) key = value;
    else if (number === 2) cells.push(decodeCell(value));
  });
  if (key === undefined) throw new StoreCorrupt('HBase REST sent a row without a key.');
  return { key, Cell: cells };
}

function decodeCell(message: Buffer): WireCell {
  let column: Buffer | undefined;
  let data: Buffer = Buffer.alloc(0);
  eachField(message, (number, value) => {
    if (number === 2) column = value;
    else if (number === 4) data = value;
  });
  if (column === undefined) throw new StoreCorrupt('HBase REST sent a cell without a column.');
  return { column, $: data };
}

/** Visits the fields that hold bytes; numbers (timestamps) are passed over. */
function eachField(message: Buffer, visit: (number: number, value: Buffer) => void): void {
  let at = 0;
  const varint = (): number => {
    let value = 0;
    for (let scale = 1; ; scale *= 128) {
      const byte = message[at++];
      if (byte === undefined || scale > 2 ** 63) throw new StoreCorrupt('HBase REST sent a cut message.');
      value += (byte & 127) * scale;
      if (byte < 128) return value;
    }
  };
  while (at < message.length) {
    const tag = varint();
    const type = tag & 7;
    if (type === 0) varint();
    else if (type === bytes) {
      const end = varint() + at;
      if (end > message.length) throw new StoreCorrupt('HBase REST sent a cut message.');
      visit(tag >>> 3, message.subarray(at, end));
      at = end;
    } else throw new StoreCorrupt('HBase REST sent a message of another kind.');
  }
}

/** A CellSet message of rows. */
export function encodeCellSet(rows: readonly WireRow[]): Buffer {
  const parts: Buffer[] = [];
  for (const { key, Cell } of rows) {
    const values = Cell.flatMap((cell) => {
      const fields = [head(2, cell.column.length), cell.column, head(4, cell.$.length), cell.$];
      return [head(2, lengthOf(fields)), ...fields];
    });
    const row = [head(1, key.length), key, ...values];
    parts.push(head(1, lengthOf(row)), ...row);
  }
  return Buffer.concat(parts);
}

function lengthOf(parts: readonly Buffer[]): number {
  return parts.reduce((sum, { length }) => sum + length, 0);
}

/** A field's tag and its length. */
function head(number: number, length: number): Buffer {
  const out = [field(number)];
  let rest = length;
  for (; rest > 127; rest = Math.floor(rest / 128)) out.push((rest % 128) | 128);
  out.push(rest);
  return Buffer.from(out);
}
