import { expect } from 'chai';
import fc from 'fast-check';
import { StoreCorrupt } from '../../../../backend/stores/contract/index.ts';
import { decodeCellSet, encodeCellSet } from '../../../../backend/stores/hbase/rest/cell-set.ts';

const bytes = fc.uint8Array({ maxLength: 300 }).map((array) => Buffer.from(array));
const rows = fc.array(
  fc.record({ key: bytes, Cell: fc.array(fc.record({ column: bytes, $: bytes }), { maxLength: 8 }) }),
  { maxLength: 8 },
);

describe('HBase REST: CellSet in protobuf', () => {
  it('gives back all rows, every byte', () => {
    fc.assert(fc.property(rows, (set) => void expect(decodeCellSet(encodeCellSet(set))).to.deep.equal(set)));
  });

  it('reads what a real server sent: rows in cells and timestamps passed over', () => {
    // GET of a row with d:a=1, d:b=2 from HBase REST 2.6.1.
    const sent = Buffer.from('0a250a016b120f1203643a6118d0c5f795a134220131120f1203643a6218bdfaed95a134220132', 'hex');
    expect(decodeCellSet(sent)).to.deep.equal([
      {
        key: Buffer.from('k'),
        Cell: [
          { column: Buffer.from('d:a'), $: Buffer.from('1') },
          { column: Buffer.from('d:b'), $: Buffer.from('2') },
        ],
      },
    ]);
  });

  it('takes no cut message, and nothing that is none, for rows', () => {
    fc.assert(
      fc.property(rows, fc.nat(), (set, at) => {
        const message = encodeCellSet(set);
        const cut = message.subarray(0, at % (message.length + 1));
        let read: unknown;
        try {
          read = decodeCellSet(cut);
        } catch (error) {
          expect(error).to.be.instanceOf(StoreCorrupt);
          return;
        }
        // Cut between two rows it is a message of the first of them; HTTP's length sees to that.
        expect(read).to.deep.equal(set.slice(0, (read as unknown[]).length));
      }),
    );
    for (const text of ['<html>Sign in</html>', '{"Row":[]}', '\xff'.repeat(30)]) {
      expect(() => decodeCellSet(Buffer.from(text, 'latin1'))).to.throw(StoreCorrupt);
    }
  });
});
