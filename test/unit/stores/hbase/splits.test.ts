import { expect } from 'chai';
import { layoutKey } from '../../../../backend/stores/hbase/keys.ts';
import { splitsOf, tablesOf } from '../../../../backend/stores/hbase/layout.ts';

describe('the splits of the tables', () => {
  for (const [table, keys] of splitsOf(tablesOf('kirka'))) {
    it(`of ${table} never divide the region of its one row twice`, () => {
      const done: string[] = [];
      let holdsRow = 0;
      for (const key of keys) {
        const start =
          done
            .filter((other) => other < key)
            .sort()
            .at(-1) ?? '';
        const end = done.filter((other) => other > key).sort()[0] ?? '~';
        if (start <= layoutKey && layoutKey < end) holdsRow++;
        done.push(key);
      }
      expect(holdsRow).to.equal(1);
    });
  }
});
