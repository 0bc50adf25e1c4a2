import { randomBytes } from 'node:crypto';
import { expect } from 'chai';
import { background } from '../../backend/call-context.ts';
import { openRemote } from '../../backend/remote/index.ts';
import type { Remote, RemoteOptions } from '../../backend/remote/index.ts';
import { hbaseRest } from '../../backend/stores/hbase/rest/index.ts';
import type { HBaseRest, Row, RowRange } from '../../backend/stores/hbase/rest/index.ts';
import { StoreUnavailable } from '../../backend/stores/contract/index.ts';

const table = 'kirka_rest_suite';
const bytes = (text: string): Buffer => Buffer.from(text, 'utf8');
const cells = (values: Readonly<Record<string, string>>): Map<string, Buffer> =>
  new Map(Object.entries(values).map(([column, value]) => [column, bytes(value)]));

/**
 * The operations of HBase REST against real servers. Its one table is made anew at need and left; each run has keys of
 * its own.
 * @param name what stands before the servers, if anything
 * @param current how the REST servers are reached, asked for when the suite begins
 */
export function describeHBaseRest(name: string, current: () => Omit<RemoteOptions, 'name'>): void {
  describe(`HBase REST, ${name}`, function () {
    this.timeout(120_000);
    const run = `t${randomBytes(6).toString('hex')}`;
    let next = 0;
    let remote: Remote;
    let rest: HBaseRest;
    const fresh = (): string => `${run}-${String(next++).padStart(4, '0')}`;

    async function all(range: RowRange): Promise<Row[]> {
      const rows: Row[] = [];
      for await (const page of rest.scan(background, table, range)) {
        expect(page).not.to.be.empty;
        rows.push(...page);
      }
      return rows;
    }

    before(async () => {
      remote = openRemote({ name: 'HBase REST', spread: true, ...current() });
      rest = hbaseRest(remote);
      await rest.createTable(table, {
        attributes: { DURABILITY: 'FSYNC_WAL' },
        families: { d: { VERSIONS: '1' }, h: {} },
      });
    });

    after(() => remote.close());

    it('tells the schema of a table, and that there is none', async () => {
      const schema = await rest.schema(table);
      expect(schema?.attributes).to.include({ DURABILITY: 'FSYNC_WAL' });
      expect(schema?.families).to.have.keys('d', 'h');
      expect(schema?.families['d']).to.include({ VERSIONS: '1' });
      expect(await rest.schema('kirka_no_such_table')).to.equal(undefined);
    });

    it('leaves a table that is there as it is', async () => {
      await rest.createTable(table, { attributes: {}, families: { other: {} } });
      expect((await rest.schema(table))?.families).to.have.keys('d', 'h');
    });

    it('gives back every byte and every name', async () => {
      const key = fresh();
      const binary = Buffer.from(Array.from({ length: 256 }, (_, byte) => byte));
      const written = new Map([
        ['d:binary', binary],
        ['d:p.größe/ä,b:c+d %2F?&#ü\n"\\😀', bytes('é')],
        ["d:'*!~(", bytes('star')],
        ['d:multiget', bytes('word')],
        ['h:loss!1', Buffer.alloc(100_000, 0xff)],
      ]);
      await rest.put(table, key, written);
      expect((await rest.get(background, table, key))?.cells).to.deep.equal(written);
      expect((await rest.getMany(background, table, [key])).get(key)?.cells).to.deep.equal(written);
      for (const expect_ of [1, 1000]) {
        const [row] = await all({ start: key, end: `${key}~`, expect: expect_ });
        expect(row).to.deep.equal({ key, cells: written });
      }
      for (const [column, value] of written) {
        const one = new Map([[column, value]]);
        expect((await rest.get(background, table, key, { columns: [column] }))?.cells, column).to.deep.equal(one);
        expect(
          (await rest.getMany(background, table, [key], { columns: [column] })).get(key)?.cells,
          column,
        ).to.deep.equal(one);
        for (const expected of [1, 1000]) {
          const [row] = await all({ start: key, end: `${key}~`, expect: expected, columns: [column] });
          expect(row?.cells, column).to.deep.equal(one);
        }
      }
    });

    it('reads families, and columns of a list that is longer than a request line', async () => {
      const key = fresh();
      const long = Array.from({ length: 2000 }, (_, index) => `d:column-${index}`);
      await rest.put(table, key, new Map([...long, 'd:other', 'h:a'].map((column) => [column, bytes('1')])));
      expect((await rest.get(background, table, key, { columns: ['h:'] }))?.cells).to.have.keys('h:a');
      expect((await rest.get(background, table, key, { columns: ['h:', 'd:other'] }))?.cells).to.have.keys(
        'h:a',
        'd:other',
      );
      expect((await rest.get(background, table, key, { columns: long }))?.cells).to.have.keys(long);
      expect((await rest.getMany(background, table, [key], { columns: long })).get(key)?.cells).to.have.keys(long);
      expect((await all({ start: key, end: `${key}~`, columns: long }))[0]?.cells).to.have.keys(long);
    });

    it('applies filters on the region server', async () => {
      const key = fresh();
      await rest.put(table, key, cells({ 'd:a': '1', 'd:b': '2', 'h:x!1': '3', 'h:x!2': '4' }));
      const filter = "ColumnRangeFilter('x!',true,'x!2',false)";
      expect((await rest.get(background, table, key, { filter }))?.cells).to.deep.equal(cells({ 'h:x!1': '3' }));
      expect([...(await rest.getMany(background, table, [key], { filter })).keys()]).to.deep.equal([key]);
      expect((await all({ start: key, end: `${key}~`, filter, columns: ['h:'] }))[0]?.cells).to.have.keys('h:x!1');
      expect(await rest.get(background, table, key, { filter: "PrefixFilter('nobody')" })).to.equal(undefined);
    });

    it('finds those of many rows that exist, over several requests', async () => {
      const keys = Array.from({ length: 400 }, fresh);
      await Promise.all(
        keys.filter((_, index) => index % 2 === 0).map((key) => rest.put(table, key, cells({ 'd:a': key }))),
      );
      const found = await rest.getMany(background, table, [...keys, ...keys]);
      expect([...found.keys()].sort()).to.deep.equal(keys.filter((_, index) => index % 2 === 0));
      expect(await rest.getMany(background, table, [])).to.be.empty;
      expect(await rest.getMany(background, table, [fresh()])).to.be.empty;
      expect(await rest.get(background, table, fresh())).to.equal(undefined);
    });

    it('writes once if a column is absent: of 32 racers one wins', async () => {
      const key = fresh();
      const race = Array.from({ length: 32 }, (_, index) =>
        rest.checkAndPut(table, key, cells({ 'd:name': `${index}`, 'd:also': `${index}` }), {
          column: 'd:name',
          expected: undefined,
        }),
      );
      const won = await Promise.all(race);
      expect(won.filter((outcome) => outcome === true)).to.have.length(1);
      const winner = String(won.indexOf(true));
      expect((await rest.get(background, table, key))?.cells).to.deep.equal(
        cells({ 'd:name': winner, 'd:also': winner }),
      );
    });

    it('compares and sets, by every byte of a binary value', async () => {
      const key = fresh();
      const [first, second] = [Buffer.from([0, 255, 10, 128]), Buffer.from([0, 255, 10, 129])];
      const set = (to: Buffer, expected: Buffer | undefined) =>
        rest.checkAndPut(table, key, new Map([['d:ü', to]]), { column: 'd:ü', expected });
      expect(await set(first, undefined)).to.equal(true);
      expect(await set(second, undefined)).to.equal(false);
      expect(await set(second, second)).to.equal(false);
      expect(await set(second, first)).to.equal(true);
      expect((await rest.get(background, table, key))?.cells.get('d:ü')).to.deep.equal(second);
    });

    it('deletes a row, and nothing but it', async () => {
      const [gone, stays] = [fresh(), fresh()];
      for (const key of [gone, stays]) await rest.put(table, key, cells({ 'd:a': '1', 'h:b': '2' }));
      await rest.deleteRow(table, gone);
      expect(await rest.get(background, table, gone)).to.equal(undefined);
      expect(await rest.get(background, table, stays)).not.to.equal(undefined);
      await rest.deleteRow(table, gone);
    });

    it('refuses keys that REST takes for operations, empty values, and checks of what is not written', async () => {
      for (const key of [
        'schema',
        'exists',
        'regions',
        'scanner',
        'multiget',
        'multigetx',
        'a*',
        'a/b',
        '',
        '..',
        'ä',
      ]) {
        await refused(() => rest.deleteRow(table, key));
        await refused(() => rest.get(background, table, key));
        await refused(() => rest.getMany(background, table, [key]));
        await refused(() => rest.put(table, key, cells({ 'd:a': '1' })));
        await refused(() =>
          rest.checkAndPut(table, key, cells({ 'd:a': '1' }), { column: 'd:a', expected: undefined }),
        );
      }
      const key = fresh();
      const absent = { column: 'd:b', expected: undefined };
      await refused(() => rest.put(table, key, cells({ 'd:a': '' })));
      await refused(() => rest.put(table, key, new Map()));
      await refused(() => rest.put(table, key, cells({ d: '1' })));
      await refused(() => rest.checkAndPut(table, key, cells({ 'd:a': '1', 'd:b': '' }), absent));
      await refused(() => rest.checkAndPut(table, key, cells({ 'd:a': '1' }), absent));
      expect(await rest.schema(table)).not.to.equal(undefined);
      expect(await rest.get(background, table, key)).to.equal(undefined);
    });

    it('scans a range in order, with any expectation, and counts the cells', async () => {
      const prefix = fresh();
      const keys = Array.from({ length: 2500 }, (_, index) => `${prefix}.${String(index).padStart(5, '0')}`);
      const value = bytes('x'.repeat(200));
      for (let at = 0; at < keys.length; at += 50) {
        await Promise.all(
          keys
            .slice(at, at + 50)
            .map((key) => rest.put(table, key, new Map([...'abc'].map((name) => [`d:${name}`, value])))),
        );
      }
      for (const expected of [undefined, 1, 100, 1000, 5000]) {
        const range = {
          start: `${prefix}.`,
          end: `${prefix}.~`,
          ...(expected === undefined ? {} : { expect: expected }),
        };
        const before = rest.cellsRead;
        const rows = await all(range);
        expect(rows.map(({ key }) => key)).to.deep.equal(keys);
        expect(rows.every((row) => row.cells.size === 3)).to.equal(true);
        expect(rest.cellsRead - before).to.equal(7500);
      }
      const inner = await all({ start: keys[10] ?? '', end: keys[13] ?? '' });
      expect(inner.map(({ key }) => key)).to.deep.equal(keys.slice(10, 13));
      const before = rest.cellsRead;
      for await (const page of rest.scan(background, table, { start: keys[0] ?? '', end: `${prefix}.~`, expect: 20 })) {
        expect(page).to.have.length(20);
        break;
      }
      expect(rest.cellsRead - before).to.equal(60);
    });

    it('gives a row that is wider than a page of a scanner whole', async () => {
      const key = fresh();
      const wide = new Map(Array.from({ length: 4500 }, (_, index) => [`h:${index}`, bytes('1')]));
      await rest.put(table, `${key}.a`, cells({ 'd:a': '1' }));
      await rest.put(table, `${key}.b`, wide);
      const rows = await all({ start: key, end: `${key}~` });
      expect(rows.map((row) => row.cells.size)).to.deep.equal([1, 4500]);
      await rest.put(table, `${key}.c`, cells({ 'd:a': '1' }));
      expect((await all({ start: key, end: `${key}~` })).map((row) => row.cells.size)).to.deep.equal([1, 4500, 1]);
    });

    it('says of a missing table, for every operation, what to do', async () => {
      const missing = 'kirka_no_such_table';
      const range = { start: 'a', end: 'b' };
      const tries: readonly (() => Promise<unknown>)[] = [
        () => rest.get(background, missing, 'a'),
        () => rest.getMany(background, missing, ['a']),
        () => rest.put(missing, 'a', cells({ 'd:a': '1' })),
        () => rest.checkAndPut(missing, 'a', cells({ 'd:a': '1' }), { column: 'd:a', expected: undefined }),
        () => rest.deleteRow(missing, 'a'),
        () => first(missing, range),
        () => first(missing, { ...range, expect: 1 }),
      ];
      for (const attempt of tries) {
        const error = await attempt().then(String, (reason: unknown) => reason);
        expect(error).to.be.instanceOf(StoreUnavailable);
        expect(String(error)).to.contain(missing).and.to.contain('kirka store init');
      }
    });

    it('says of a missing family that the table lacks one', async () => {
      const error = await rest.put(table, fresh(), cells({ 'nope:a': '1' })).catch((reason: unknown) => reason);
      expect(String(error)).to.match(/lacks a column family/);
    });

    const first = (of: string, range: RowRange): Promise<unknown> =>
      rest.scan(background, of, range)[Symbol.asyncIterator]().next();

    async function refused(attempt: () => Promise<unknown>): Promise<void> {
      const error = await Promise.resolve()
        .then(attempt)
        .catch((reason: unknown) => reason);
      expect(error).to.be.instanceOf(TypeError);
    }
  });
}
