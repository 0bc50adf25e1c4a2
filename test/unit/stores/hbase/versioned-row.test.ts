import { expect } from 'chai';
import { background } from '../../../../backend/call-context.ts';
import { StoreUnavailable } from '../../../../backend/stores/contract/index.ts';
import { VersionedRows } from '../../../../backend/stores/hbase/versioned-row.ts';
import type { Change, VersionedRow } from '../../../../backend/stores/hbase/versioned-row.ts';
import { FakeHBase } from '../../../support/fake-hbase.ts';
import type { Call } from '../../../support/fake-hbase.ts';

const counted = ({ cells, count }: VersionedRow): Change<number> => {
  const n = Number(cells.get('d:n')?.toString() ?? 0) + 1;
  expect(n, 'every write has counted').to.equal(count + 1);
  return { cells: new Map([['d:n', Buffer.from(String(n))]]), result: n };
};

describe('a row with a version', () => {
  let hbase: FakeHBase;
  let calls: Call[];

  beforeEach(async () => {
    hbase = new FakeHBase();
    await hbase.client().createTable('t', { attributes: {}, families: { d: {} } });
    calls = [];
    hbase.faults = (call) => void calls.push(call);
  });

  it('is written in turn by the writers of one process, none of whom tries twice', async () => {
    const rows = new VersionedRows(hbase.client());
    const results = await Promise.all(Array.from({ length: 50 }, () => rows.update('t', 'k', counted)));
    expect(results).to.deep.equal(Array.from({ length: 50 }, (_, i) => i + 1));
    expect(calls.filter(({ operation }) => operation === 'checkAndPut')).to.have.length(50);
  });

  it('is written by one after the other of several processes', async () => {
    const backends = Array.from({ length: 4 }, () => new VersionedRows(hbase.client()));
    const all = Array.from({ length: 40 }, (_, i) => backends[i % 4]!.update('t', 'k', counted));
    expect(new Set(await Promise.all(all)).size).to.equal(40);
  });

  it('is not written by a decision that wants nothing', async () => {
    const rows = new VersionedRows(hbase.client());
    expect(await rows.update('t', 'k', () => ({ cells: new Map(), result: 'nothing' }))).to.equal('nothing');
    expect(calls.map(({ operation }) => operation)).to.deep.equal(['get']);
  });

  it('tells that it is not known what became of a write, once its token may be gone', async () => {
    const [rows, others] = [new VersionedRows(hbase.client()), new VersionedRows(hbase.client())];
    await others.update('t', 'k', counted);
    let lost = false;
    hbase.faults = ({ operation }) => {
      if (operation !== 'checkAndPut' || lost) return undefined;
      lost = true;
      return 'lost, done';
    };
    const client = hbase.client();
    const slow = new VersionedRows({
      ...client,
      checkAndPut: async (...call) => {
        const answer = await client.checkAndPut(...call);
        for (let i = 0; i < 13; i++) await others.update('t', 'k', counted);
        return answer;
      },
      get: (context, ...call) => client.get(background, ...call),
    } as typeof client);
    const answer = await slow.update('t', 'k', counted).catch((error: unknown) => error);
    expect(answer).to.be.instanceOf(StoreUnavailable);
    expect(await rows.update('t', 'k', counted)).to.equal(16);
  });

  it('gives up after a time where it never succeeds', async () => {
    hbase.faults = ({ operation }) => (operation === 'checkAndPut' ? 'lost, not done' : undefined);
    const rows = new VersionedRows(hbase.client(), { patience: 20 });
    expect(await rows.update('t', 'k', counted).catch((error: unknown) => error)).to.be.instanceOf(StoreUnavailable);
  });
});
