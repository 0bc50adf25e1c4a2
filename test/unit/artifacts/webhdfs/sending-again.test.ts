import { randomBytes } from 'node:crypto';
import { mkdtempSync, readdirSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import { expect } from 'chai';
import { background } from '../../../../backend/call-context.ts';
import { bytesOf, expectProblem, failureOf, names, path, stalled } from '../../../contract/artifact-store/helpers.ts';
import type { Asked } from '../../../support/fake-webhdfs/index.ts';
import { onFake, root } from './fake-store.ts';

const isUpload = ({ op, server, path: name }: Asked): boolean =>
  op === 'CREATE' && server === 'dn' && !name.endsWith('-probe');

describe('an upload whose DataNode dies', () => {
  const folder = mkdtempSync(join(tmpdir(), 'kirka-spool-'));
  after(() => rmSync(folder, { recursive: true }));
  const on = onFake({ spool: { folder, limit: 1_500_000 } });
  const body = randomBytes(1_000_000);

  const cutting = (times: number, cut = 300_000): void => {
    let uploads = 0;
    on.fake.fault = (asked) => (isUpload(asked) && uploads++ < times ? { cut } : undefined);
  };
  const write = (name: string, content = body): Promise<void> =>
    on.store.write(background, path(name), bytesOf(content));
  const uploads = (): number => on.fake.asked.filter(isUpload).length;
  /** Resolves when so many uploads have reached a DataNode. */
  async function begun(count: number): Promise<void> {
    for (let turn = 0; uploads() < count && turn < 1000; turn++) await delay(5);
  }
  const kept = (name: string): Buffer => {
    const node = on.fake.tree.get(`${root}/${name}`);
    return node.type === 'FILE' ? node.data : expect.fail('a folder');
  };

  it('is sent to another one, which gets all of it, and leaves nothing else', async () => {
    cutting(1);
    await write('f');
    expect(uploads()).to.equal(2);
    expect(kept('f').equals(body)).to.equal(true);
    expect(on.fake.tree.countFiles(root)).to.equal(1);
    const [first, second] = on.fake.asked.filter(
      ({ op, server, path: name }) => op === 'CREATE' && server !== 'dn' && !name.endsWith('-probe'),
    );
    expect(first?.query.get('excludedatanodes')).to.equal(null);
    expect(second?.query.get('excludedatanodes')).to.equal('127.0.0.1');
  });

  it('is sent four times at most, and then nothing of it stays', async () => {
    cutting(3);
    await write('f');
    expect(kept('f').equals(body)).to.equal(true);
    cutting(4);
    await expectProblem('unavailable', write('g'));
    expect(uploads()).to.equal(8);
    expect(await names(on.store)).to.deep.equal(['f=1000000']);
    expect(on.fake.tree.countFiles(root)).to.equal(1);
  });

  it('goes through without room for it, and fails only where it had to be sent again', async () => {
    const large = randomBytes(2_000_000);
    await write('whole', large);
    expect(kept('whole').equals(large)).to.equal(true);
    cutting(1, 1_800_000);
    await expectProblem('unavailable', write('f', large));
    expect(uploads()).to.equal(2);
    // Its room was given back.
    for (const name of ['g', 'h', 'i']) {
      cutting(1);
      await write(name);
    }
    expect(await names(on.store)).to.deep.equal(['g=1000000', 'h=1000000', 'i=1000000', 'whole=2000000']);
  });

  it('shares the room with the others', async () => {
    const sources = ['a', 'b'].map(() => stalled());
    const pieces = Array.from({ length: 16 }, (_, i) => body.subarray(i * 62_500, (i + 1) * 62_500));
    cutting(2, 1_000_000);
    const writes = sources.map((source, i) =>
      on.store.write(background, path(`s${String(i)}`), source).then(
        () => true,
        () => false,
      ),
    );
    for (const piece of pieces) for (const source of sources) source.push(piece);
    for (const source of sources) source.push(null);
    // Neither had come whole when the room for 1.5 of them was used up.
    expect(await Promise.all(writes)).to.satisfy((all: readonly boolean[]) => all.includes(false));
    cutting(1);
    await write('f');
    expect(kept('f').equals(body)).to.equal(true);
  });

  it('needs no disk where it is small', async () => {
    const small = body.subarray(0, 60_000);
    const store = await on.open({ spool: undefined });
    cutting(1, 10_000);
    await store.write(background, path('f'), bytesOf(small.subarray(0, 50_000), small.subarray(50_000)));
    expect(kept('f').equals(small)).to.equal(true);
    cutting(1);
    await expectProblem('unavailable', store.write(background, path('g'), bytesOf(body)));
  });

  it('ends with the error of its source, which dies while it is sent again', async () => {
    const source = stalled('x'.repeat(100_000));
    cutting(1, 100_000);
    const failing = failureOf(on.store.write(background, path('f'), source));
    await Promise.race([failing, begun(2)]);
    const gone = new Error('gone');
    source.destroy(gone);
    expect(await failing).to.equal(gone);
    expect(on.fake.tree.countFiles(root)).to.equal(0);
  });

  it('leaves no file on the disk that has a name', async () => {
    const source = stalled('x'.repeat(500_000));
    const writing = on.store.write(background, path('f'), source);
    await Promise.race([writing, begun(1)]);
    expect(readdirSync(folder)).to.deep.equal([]);
    source.push(null);
    await writing;
    expect(readdirSync(folder)).to.deep.equal([]);
  });
});
