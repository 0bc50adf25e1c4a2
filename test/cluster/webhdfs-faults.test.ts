import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Transform } from 'node:stream';
import { expect } from 'chai';
import { asUser } from '../support/contexts.ts';
import { background } from '../../backend/call-context.ts';
import type { ArtifactStore } from '../../backend/artifacts/contract.ts';
import { expectProblem, get, names, path, put, randomSource, sha256Of } from '../contract/artifact-store/helpers.ts';
import { startCluster } from '../stack/cluster/index.ts';
import type { Server, StartedCluster } from '../stack/cluster/index.ts';
import { watchMemory } from '../support/memory.ts';
import { pipelineOf } from './support/datanodes.ts';
import type { Pipeline } from './support/datanodes.ts';
import { hdfsRoot } from './support/hdfs-root.ts';
import { basePort, progress } from './support/hooks.ts';
import { untilItWorks } from '../support/until.ts';

const megabyte = 1024 * 1024;
const large = 300 * megabyte;

/** Bytes that stop at `at` until `then` is done. */
function interrupted(at: number, then: () => Promise<void>): Transform {
  let passed = 0;
  let done = false;
  return new Transform({
    transform(chunk: Buffer, _encoding, next) {
      passed += chunk.length;
      if (done || passed < at) return next(null, chunk);
      done = true;
      then().then(() => next(null, chunk), next);
    },
  });
}

describe('artifacts in HDFS while servers fail', function () {
  this.timeout(300_000);
  let folder: string;
  let pair: StartedCluster;
  let root: ReturnType<typeof hdfsRoot>;
  let store: ArtifactStore;

  before(async () => {
    folder = mkdtempSync(join(tmpdir(), 'kirka-webhdfs-'));
    pair = await startCluster({ folder, basePort: basePort + 300, services: 'hdfs', highlyAvailable: true, progress });
  });

  after(async () => {
    await pair.stop();
    rmSync(folder, { recursive: true, force: true });
  });

  beforeEach(async () => {
    const addresses = pair.webhdfs;
    root = hdfsRoot(addresses[0] ?? '', '/kirka', { addresses, user: 'kirka', spool: { folder, limit: 2 ** 30 } });
    store = await root.open();
  });

  afterEach(() => store.close());

  it('takes and gives 300 MB with flat memory, byte for byte', async () => {
    await store.write(background, path('warm'), randomSource(16 * megabyte).source);
    await sha256Of((await store.open(background, path('warm'))).stream());
    const memory = await watchMemory(process.pid);
    const { source, sha256 } = randomSource(large);
    const start = Date.now();
    await store.write(background, path('large'), source);
    const written = Date.now();
    const received = await sha256Of((await store.open(background, path('large'))).stream());
    const { before, peak } = await memory.end();
    progress(
      `300 MB: written in ${written - start} ms, read in ${Date.now() - written} ms, ${Math.round((peak - before) / megabyte)} MB more`,
    );
    expect(received).to.equal(sha256());
    expect((peak - before) / megabyte).to.be.below(64);
  });

  it('goes on with the NameNode that was made active', async () => {
    await put(store, 'd/before', 'x');
    await pair.namenodes[0]?.kill();
    const write = put(store, 'd/meanwhile', 'y');
    await pair.admin.makeActive(1);
    await write;
    expect(await names(store, 'd')).to.deep.equal(['before=1', 'meanwhile=1']);
    expect(await get(store, 'd/before')).to.equal('x');
    await pair.namenodes[0]?.start();
    await pair.admin.makeActive(0);
    expect(await get(store, 'd/meanwhile')).to.equal('y');
  });

  /** Writes 300 MB, kills one of the DataNodes at a third of it, and starts that one again when what came is looked at. */
  async function writeAndKill(to: ArtifactStore, which: keyof Pipeline): Promise<void> {
    const { source, sha256 } = randomSource(large);
    let victim: Server | undefined;
    const stopping = interrupted(100 * megabyte, async () => {
      victim = (await pipelineOf(pair))[which];
      await victim.kill();
    });
    const start = Date.now();
    const written = to.write(background, path('large'), source.pipe(stopping));
    const outcome = await written.then(() => 'written', String);
    progress(`the ${which} DataNode killed: ${outcome} after ${Date.now() - start} ms`);
    try {
      await written;
      expect(await sha256Of((await to.open(background, path('large'))).stream())).to.equal(sha256());
    } finally {
      await victim?.start();
    }
  }

  for (const which of ['receiving', 'other'] as const) {
    it(`finishes an upload when the ${which} DataNode of two is killed`, async () => {
      await writeAndKill(store, which);
      expect(await root.countFiles()).to.equal(1);
    });
  }

  it('says so where nothing is kept of it and the receiving DataNode is killed: whoever asks again is served', async () => {
    const addresses = pair.webhdfs;
    const other = hdfsRoot(addresses[0] ?? '', '/kirka', { addresses, user: 'kirka' });
    const keepingNone = await other.open();
    await expectProblem('unavailable', writeAndKill(keepingNone, 'receiving'));
    expect(await names(keepingNone)).to.deep.equal([]);
    const again = randomSource(large);
    await keepingNone.write(background, path('large'), again.source);
    expect(await sha256Of((await keepingNone.open(background, path('large'))).stream())).to.equal(again.sha256());
    await keepingNone.close();
  });

  it('fails an upload in bounded time when both DataNodes are killed, and shows nothing of it', async () => {
    const { source } = randomSource(large);
    const stopping = interrupted(100 * megabyte, async () => {
      await Promise.all(pair.datanodes.map((datanode) => datanode.kill()));
    });
    const start = Date.now();
    await expectProblem('unavailable', store.write(background, path('large'), source.pipe(stopping)));
    progress(`both killed: an error after ${Date.now() - start} ms`);
    expect(Date.now() - start).to.be.below(120_000);
    expect(await names(store)).to.deep.equal([]);
    await Promise.all(pair.datanodes.map((datanode) => datanode.start()));
    // A DataNode that failed is left alone for a while.
    await untilItWorks('an upload', 60, () => put(store, 'f', 'x'));
  });

  it("answers quota where the folder's is used up while the bytes flow", async () => {
    await pair.admin.setSpaceQuota(root.path, 700 * megabyte);
    for (let count = 0; count < 3; count++) {
      await expectProblem('quota', store.write(background, path('large'), randomSource(400 * megabyte).source));
    }
    expect(await names(store)).to.deep.equal([]);
    expect(await root.countFiles()).to.equal(0);
    await pair.admin.setSpaceQuota(root.path, undefined);
  });

  it("reaches files with the user's own permissions, and says so where the cluster does not let it", async () => {
    const addresses = pair.webhdfs;
    const doAs = { domains: new Set<string>() };
    await pair.admin.createFolder('/tmp/users', 'kirka', '1777');
    const open = hdfsRoot(addresses[0] ?? '', '/tmp', { addresses, user: 'kirka', doAs, root: '/tmp/users' });
    const shared = await open.open();
    await put(shared, 'of-alice/f', 'x', asUser('alice'));
    expect(await get(shared, 'of-alice/f', undefined, asUser('bob'))).to.equal('x');
    await expectProblem('forbidden', put(shared, 'of-alice/g', 'y', asUser('bob')));
    await expectProblem('forbidden', shared.remove(asUser('bob'), path('of-alice')));
    expect(await names(shared, 'of-alice', asUser('bob'))).to.deep.equal(['f=1']);
    await shared.remove(asUser('alice'), path('of-alice'));
    await shared.close();
    const stranger = hdfsRoot(addresses[0] ?? '', '/tmp', { addresses, user: 'mallory', doAs });
    const refused = await stranger.open();
    const error = await expectProblem('unavailable', refused.list(asUser('alice'), path('')));
    expect(error.message).to.include('hadoop.proxyuser');
    await refused.close();
  });
});
