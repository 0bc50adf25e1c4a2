import { expect } from 'chai';
import { background } from '../../../../backend/call-context.ts';
import { pino } from 'pino';
import { expectProblem, failureOf, get, names, path, put, stalled } from '../../../contract/artifact-store/helpers.ts';
import { remoteException } from '../../../support/fake-webhdfs/index.ts';
import type { Asked } from '../../../support/fake-webhdfs/index.ts';
import { until } from '../../../support/until.ts';
import { onFake, root } from './fake-store.ts';

const staging = `${root}/.kirka-staging`;

describe('what backends leave in HDFS', () => {
  const on = onFake({ abandonedAfter: 1000, beatEvery: 1_000_000 });

  const folders = (): number => {
    const all = on.fake.tree.get(staging);
    return all.type === 'DIRECTORY' ? all.children.size : 0;
  };

  const untilGone = (name: string): Promise<void> =>
    until(`the removal of ${name}`, 10, () => on.fake.tree.find(`${staging}/${name}`) === undefined);

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
    await untilGone('ended');
  });

  /** Opens another store when what was left is old, and waits for so many lines of its log; fails where there are more. */
  const openLater = async (lines: string[], count: number, options = {}): Promise<void> => {
    const later = Date.now() + 5000;
    on.fake.tree.now = () => later;
    const log = pino({ base: undefined }, { write: (line) => void lines.push(line) });
    const store = await on.open({ log, ...options });
    await put(store, 'f', 'x');
    expect(await get(store, 'f')).to.equal('x');
    await until('the line of the log', 10, () => lines.length >= count);
  };
  const refused = (message: string): { status: number; body: string } => ({
    status: 403,
    body: remoteException('AccessControlException', message),
  });

  it('opens past what it cannot delete, deletes the rest, and says so once, in a line with an end', async () => {
    for (const name of ['a', 'b', 'c']) on.fake.tree.create(`${staging}/${name}/left`, 'kirka', false);
    on.fake.fault = ({ op, path: asked }) =>
      op === 'DELETE' && /\/[ac]$/.test(asked) ? refused('x'.repeat(100_000)) : undefined;
    const lines: string[] = [];
    await openLater(lines, 1, { beatEvery: 5 });
    await untilGone('b');
    const asked = on.fake.asked.length;
    await until('fifty requests', 10, () => on.fake.asked.length >= asked + 50);
    expect(on.fake.tree.find(`${staging}/c`)).to.not.equal(undefined);
    expect(lines).to.have.length(1);
    expect(JSON.parse(lines[0] ?? '')).to.include({ level: 40, folder: staging });
    expect(lines[0]).to.include('what ended backends left cannot be deleted').and.have.length.below(700);
  });

  it('opens where it cannot even look for what is left', async () => {
    on.fake.fault = ({ op, path: asked }) =>
      op === 'LISTSTATUS_BATCH' && asked === staging ? refused('no') : undefined;
    const lines: string[] = [];
    await openLater(lines, 1);
    expect(lines[0]).to.include('what ended backends left cannot be looked for');
  });

  it('does not wait for the removal of what is left before it opens, and ends it when it is closed', async () => {
    for (let i = 0; i < 20; i++) on.fake.tree.create(`${staging}/left${String(i)}/f`, 'kirka', false);
    const later = Date.now() + 5000;
    on.fake.tree.now = () => later;
    const deletions = (): number =>
      on.fake.asked.filter(({ op, path: asked }) => op === 'DELETE' && asked.includes('/left')).length;
    const store = await on.open();
    expect(deletions()).to.be.below(20);
    await store.close();
    const count = deletions();
    for (let turn = 0; turn < 50; turn++) await new Promise(setImmediate);
    expect(deletions()).to.equal(count).and.be.below(20);
  });

  it('opens where users have used the quota of names up, and what they remove makes room', async () => {
    await put(on.store, 'd/f', 'x');
    let full = true;
    const makes = ({ op }: Asked): boolean => op === 'MKDIRS' || op === 'CREATE';
    on.fake.fault = (asked) =>
      full && makes(asked) ? { status: 403, body: remoteException('NSQuotaExceededException') } : undefined;
    const lines: string[] = [];
    const store = await on.open({ log: pino({}, { write: (line) => void lines.push(line) }) });
    expect(lines[0]).to.include('there is no room for uploads');
    expect(await get(store, 'd/f')).to.equal('x');
    await expectProblem('quota', put(store, 'g', 'x'));
    for (const name of ['e', 'd/f/g']) await expectProblem('not-found', store.remove(background, path(name)));
    await store.remove(background, path('d'));
    expect(await names(store)).to.deep.equal([]);
    full = false;
    await put(store, 'g', 'x');
    await store.remove(background, path('g'));
    expect(on.fake.tree.countFiles(root)).to.equal(0);
  });

  it('does not say that it removed what it had no folder to move to', async () => {
    await put(on.store, 'd/f', 'x');
    on.fake.tree.delete(staging, true);
    await expectProblem('unavailable', on.store.remove(background, path('d')));
    expect(await names(on.store)).to.deep.equal(['d/']);
  });

  it('removes it while it runs, and touches its own', async () => {
    on.fake.tree.create(`${staging}/ended/left`, 'kirka', false);
    const beating = await on.open({ beatEvery: 20 });
    await put(beating, 'f', 'x');
    const later = Date.now() + 5000;
    on.fake.tree.now = () => later;
    await untilGone('ended');
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
