import { expect } from 'chai';
import { background } from '../../../../backend/call-context.ts';
import { failureOf, names, path, put, stalled } from '../../../contract/artifact-store/helpers.ts';
import { onFake, root } from './fake-store.ts';

const staging = `${root}/.kirka-staging`;

describe('what backends leave in HDFS', () => {
  const on = onFake({ abandonedAfter: 1000, beatEvery: 1_000_000 });

  const folders = (): number => {
    const all = on.fake.tree.get(staging);
    return all.type === 'DIRECTORY' ? all.children.size : 0;
  };

  it('keeps what a backend under way has, whatever another one finds at its start', async () => {
    const source = stalled('half');
    const write = on.store.write(background, path('f'), source);
    while (!on.fake.asked.some(({ op, server }) => op === 'CREATE' && server === 'dn')) await new Promise(setImmediate);
    const other = await on.open();
    await put(other, 'g', 'x');
    source.push(null);
    await write;
    expect(await names(on.store)).to.deep.equal(['f=4', 'g=1']);
    expect(folders()).to.equal(2);
  });

  it("removes what an ended backend left, by the NameNode's clock, when another one starts", async () => {
    on.fake.tree.create(`${staging}/ended/left`, 'kirka', false);
    await on.open();
    expect(on.fake.tree.find(`${staging}/ended/left`)).to.not.equal(undefined);
    const later = Date.now() + 5000;
    on.fake.tree.now = () => later;
    await on.open();
    expect(on.fake.tree.find(`${staging}/ended`)).to.equal(undefined);
  });

  it('removes it while it runs, and touches its own', async () => {
    on.fake.tree.create(`${staging}/ended/left`, 'kirka', false);
    const beating = await on.open({ beatEvery: 20 });
    await put(beating, 'f', 'x');
    const later = Date.now() + 5000;
    on.fake.tree.now = () => later;
    while (on.fake.tree.find(`${staging}/ended`) !== undefined) await new Promise(setImmediate);
    await put(beating, 'g', 'x');
    expect(await names(beating)).to.deep.equal(['f=1', 'g=1']);
  });

  it('removes its own when it is closed', async () => {
    await on.store.close();
    expect(folders()).to.equal(0);
  });

  it('does not start where the root cannot be had', async () => {
    on.fake.fault = ({ op }) =>
      op === 'MKDIRS' ? { status: 403, body: '{"RemoteException":{"exception":"AccessControlException"}}' } : undefined;
    expect(String(await failureOf(on.open()))).to.include("the backend's own account");
  });
});
