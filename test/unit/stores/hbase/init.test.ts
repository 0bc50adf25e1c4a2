import { expect } from 'chai';
import { background } from '../../../../backend/call-context.ts';
import { StoreCorrupt, StoreUnavailable } from '../../../../backend/stores/contract/index.ts';
import { initTables, planTables } from '../../../../backend/stores/hbase/init.ts';
import { newExperiment } from '../../../contract/store/samples.ts';
import { FakeHBase } from '../../../support/fake-hbase.ts';
import { initialisedHBase, openInMemory } from '../../../support/hbase-in-memory.ts';

const opened = (hbase: FakeHBase): Promise<unknown> => openInMemory(hbase).catch((error: unknown) => error);
const messageOf = (error: unknown): string => (error instanceof Error ? error.message : '');

describe('the tables in HBase', () => {
  it('are planned without a change, then made, with what makes a write durable', async () => {
    const hbase = new FakeHBase();
    const plans = await planTables(hbase.client(), 'kirka', 'GZ');
    expect(hbase.tables.size).to.equal(0);
    expect(plans.map(({ table, isMissing }) => [table, isMissing])).to.deep.equal([
      ['kirka_runs', true],
      ['kirka_ids', true],
      ['kirka_experiments', true],
      ['kirka_models', true],
    ]);
    await initTables(hbase.client(), 'kirka', plans);
    for (const { schema } of hbase.tables.values()) {
      expect(schema.attributes).to.deep.equal({ DURABILITY: 'FSYNC_WAL' });
      for (const family of Object.values(schema.families))
        expect(family).to.include({ VERSIONS: '1', COMPRESSION: 'GZ' });
    }
  });

  it('may be made again at any time, and keep what is in them', async () => {
    const hbase = await initialisedHBase();
    const store = await openInMemory(hbase);
    const created = await store.experiments.create(background, newExperiment('kept'));
    const plans = await planTables(hbase.client(), 'kirka', 'NONE');
    expect(plans.map(({ isMissing, differences }) => [isMissing, differences])).to.deep.equal(
      plans.map(() => [false, []]),
    );
    await initTables(hbase.client(), 'kirka', plans);
    expect(await (await openInMemory(hbase)).experiments.getByName(background, 'kept')).to.deep.equal(created);
  });

  it('are left as they are where they differ, which is said', async () => {
    const hbase = new FakeHBase();
    const schema = { attributes: {}, families: { d: { VERSIONS: '3', COMPRESSION: 'GZ' } } };
    await hbase.client().createTable('kirka_runs', schema);
    const [plan] = await planTables(hbase.client(), 'kirka', 'NONE');
    expect(plan?.differences).to.deep.equal([
      'DURABILITY is not set, not FSYNC_WAL',
      'family d: VERSIONS is 3, not 1',
      'family h is missing',
    ]);
  });

  it('are asked for at the start, by the command that makes them', async () => {
    const none = await opened(new FakeHBase());
    expect(none).to.be.instanceOf(StoreUnavailable);
    expect(messageOf(none)).to.include('kirka_runs').and.include("run 'kirka store init'");
  });

  it('are refused where a newer version made them, by the store and by the command', async () => {
    const hbase = await initialisedHBase();
    hbase.put('kirka_ids', 'layout', new Map([['d:i', Buffer.from('=2')]]));
    for (const refused of [
      await opened(hbase),
      await planTables(hbase.client(), 'kirka', 'NONE').catch((error: unknown) => error),
    ]) {
      expect(refused).to.be.instanceOf(StoreCorrupt);
      expect(messageOf(refused)).to.include('kirka_ids has layout 2').and.include('layout 1');
    }
  });
});
