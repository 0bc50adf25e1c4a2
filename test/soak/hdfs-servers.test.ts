import { once } from 'node:events';
import { request } from 'node:http';
import type { IncomingMessage } from 'node:http';
import type { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { text } from 'node:stream/consumers';
import { expect } from 'chai';
import { bytesOf, randomSource, sha256Of } from '../contract/artifact-store/helpers.ts';
import { pipelineOf } from '../cluster/support/datanodes.ts';
import { cluster, progress } from '../cluster/support/hooks.ts';
import type { ClusterBackend, Installation } from '../cluster/support/kirka.ts';
import { install } from '../cluster/support/kirka.ts';
import { mendHBase } from '../cluster/support/mend.ts';
import { until, untilItWorks } from '../support/until.ts';

interface Answer {
  readonly status: number;
  readonly body: string;
}

const megabyte = 1024 * 1024;
const big = 300 * megabyte;

describe('a server of HDFS that fails', function () {
  this.timeout(300_000);
  let kirka: Installation;
  let backend: ClusterBackend;

  before(async () => {
    kirka = await install();
    backend = await kirka.start();
  });
  after(() => kirka.dispose());

  // HBase's log is in the same HDFS: without it, its servers may end themselves.
  afterEach(() => mendHBase(() => backend.api.post('runs/create', { experiment_id: '0' })));

  const urlOf = (name: string, by = backend): string =>
    `${by.url}/api/2.0/mlflow-artifacts/artifacts/0/r/artifacts/${name}`;

  async function put(name: string, source: Readable, by = backend): Promise<Answer> {
    const upload = request(urlOf(name, by), { method: 'PUT' });
    const answered = once(upload, 'response') as Promise<[IncomingMessage]>;
    // An answer that comes before the end of the body ends the sending.
    const [answer] = await Promise.race([
      answered,
      pipeline(source, upload).then(
        () => answered,
        () => answered,
      ),
    ]);
    source.destroy();
    return { status: answer.statusCode ?? 0, body: await text(answer) };
  }

  async function get(name: string): Promise<IncomingMessage> {
    const [answer] = (await once(request(urlOf(name)).end(), 'response')) as [IncomingMessage];
    return answer;
  }

  async function listed(): Promise<readonly string[]> {
    const answer = await fetch(`${backend.url}/api/2.0/mlflow-artifacts/artifacts?path=0/r/artifacts`);
    const { files = [] } = (await answer.json()) as { files?: readonly { path: string }[] };
    return files.map(({ path }) => path);
  }

  const small = (name: string): Promise<{ status: number }> => put(name, bytesOf(name));

  /** Uploads 300 MB, kills one of the DataNodes after a third of it, and starts that one again after the answer. */
  async function uploadAndKill(which: 'receiving' | 'other', name: string, by = backend): Promise<Answer> {
    const { source, taken, sha256 } = randomSource(big);
    const upload = put(name, source, by);
    await until('a third of the upload', 60, () => taken() > big / 3);
    const { [which]: victim } = await pipelineOf(cluster());
    await victim.kill();
    const killed = Date.now();
    expect(taken(), 'sent when it was killed').to.be.below(big);
    const answer = await upload;
    progress(`the ${which} DataNode killed: answered ${String(answer.status)} after ${String(Date.now() - killed)} ms`);
    if (answer.status === 200) expect(await sha256Of(await get(name))).to.equal(sha256());
    await victim.start();
    return answer;
  }

  for (const which of ['receiving', 'other'] as const) {
    it(`one DataNode of two, the ${which} one, killed during an upload of 300 MB: the upload succeeds`, async () => {
      const { status, body } = await uploadAndKill(which, `${which}.bin`);
      expect(status, body).to.equal(200);
      expect(await listed()).to.include(`${which}.bin`);
    });
  }

  it('the receiving DataNode, where nothing is kept of uploads: a clear error, and nothing to be seen of it', async () => {
    const keepingNone = await kirka.start({ flags: ['--webhdfs-spool', '0'] });
    const { status, body } = await uploadAndKill('receiving', 'not-kept.bin', keepingNone);
    expect(status, body).to.equal(503);
    expect(JSON.parse(body)).to.have.property('error_code', 'TEMPORARILY_UNAVAILABLE');
    expect(await listed()).to.not.include('not-kept.bin');
  });

  it('both DataNodes: a clear error, nothing to be seen of the upload, and service again with them', async () => {
    const { source, taken } = randomSource(big);
    const upload = put('no-datanode.bin', source);
    await until('a third of the upload', 60, () => taken() > big / 3);
    await Promise.all(cluster().datanodes.map((each) => each.kill()));
    const { status, body } = await upload;
    expect(status, body).to.equal(503);
    expect(JSON.parse(body)).to.have.property('error_code', 'TEMPORARILY_UNAVAILABLE');
    expect(await listed()).to.not.include('no-datanode.bin');
    await Promise.all(cluster().datanodes.map((each) => each.start()));
    await untilItWorks('an upload', 90, async () => expect((await small('after.txt')).status).to.equal(200));
  });

  it('the NameNode, restarted between uploads: every acknowledged one is there, whole', async () => {
    const { namenode } = cluster();
    const acknowledged: string[] = [];
    let goesOn = true;
    const writing = (async () => {
      for (let i = 0; goesOn; i++) {
        const name = `n${String(i)}.txt`;
        const { status } = await small(name);
        if (status === 200) acknowledged.push(name);
        else expect(status).to.equal(503);
      }
    })();
    writing.catch(() => undefined);
    await until('ten uploads', 60, () => acknowledged.length >= 10);
    await namenode.kill();
    await namenode.start();
    const before = acknowledged.length;
    await until('ten more uploads', 120, () => acknowledged.length >= before + 10);
    goesOn = false;
    await writing;
    const names = await listed();
    for (const name of acknowledged) {
      expect(names).to.include(name);
      expect(await text(await get(name))).to.equal(name);
    }
  });

  it('a quota that is reached: an error that says so, and nothing to be seen of the upload', async () => {
    const { admin } = cluster();
    const folder = `${backend.url}/api/2.0/mlflow-artifacts/artifacts/0`;
    expect((await fetch(folder, { method: 'DELETE' })).status).to.equal(200);
    await admin.setSpaceQuota(kirka.root, 1400 * megabyte);
    try {
      const { source, taken } = randomSource(2000 * megabyte);
      const { status, body } = await put('too-much.bin', source);
      expect(status, body).to.equal(507);
      expect(taken(), 'what flowed until then').to.be.within(100 * megabyte, 1000 * megabyte);
      expect(JSON.parse(body)).to.have.property('message').that.matches(/quota/i);
      expect(await listed()).to.not.include('too-much.bin');
    } finally {
      await admin.setSpaceQuota(kirka.root, undefined);
    }
    expect((await small('fits-again.txt')).status).to.equal(200);
  });
});
