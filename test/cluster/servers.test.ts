import { randomBytes } from 'node:crypto';
import { expect } from 'chai';
import { startAll, stopAll } from '../stack/cluster/index.ts';
import { ask, expectStatus } from './support/ask.ts';
import { cluster, gateway } from './support/hooks.ts';
import { createTable, getCell, hdfs, putCell, readFile, writeFile } from './support/servers.ts';
import { untilItWorks } from '../support/until.ts';

const asKirka = { 'user.name': 'kirka' };
/** Names that nothing else of a cluster that goes on uses. */
const own = `servers-${randomBytes(4).toString('hex')}`;
const file = `/kirka/${own} a`;
const bytes = randomBytes(300_000);

describe('the servers of the cluster', () => {
  before(() => createTable(cluster().rest[0] ?? '', own));

  after(async () => {
    await cluster().admin.remove(file);
    await cluster().admin.hbase('drop', own);
  });

  it('keep a file in two replicas, written by way of a DataNode', async () => {
    const [webhdfs = ''] = cluster().webhdfs;
    const location = await writeFile(hdfs(webhdfs, file, 'CREATE', asKirka), bytes);
    expect(cluster().datanodes.map(({ port }) => String(port))).to.include(new URL(location).port);
    const { body } = await expectStatus(200, hdfs(webhdfs, file, 'GETFILEBLOCKLOCATIONS', asKirka));
    const { BlockLocations } = JSON.parse(body.toString()) as {
      BlockLocations: { BlockLocation: { names: string[] }[] };
    };
    expect(BlockLocations.BlockLocation.map(({ names }) => new Set(names).size)).to.deep.equal([2]);
    expect(await readFile(hdfs(webhdfs, file, 'OPEN', asKirka))).to.deep.equal(bytes);
  });

  it('answer by each REST server what the other one was given', async () => {
    const [one = '', two = ''] = cluster().rest;
    await putCell(one, `${own}/r/d:one`, 'by one');
    await putCell(two, `${own}/r/d:two`, 'by two');
    expect(await getCell(two, `${own}/r/d:one`)).to.equal('by one');
    expect(await getCell(one, `${own}/r/d:two`)).to.equal('by two');
  });

  it('are reached through Knox', async () => {
    const { webhdfs, hbase } = gateway();
    const user = 'kirka';
    const through = hdfs(webhdfs, `${file} through`, 'CREATE');
    const location = await writeFile(through, bytes, { user });
    expect(location).to.match(/^https:\/\/localhost:\d+\/gateway\/sandbox\/webhdfs\/data\/v1\//);
    expect(await readFile(hdfs(webhdfs, `${file} through`, 'OPEN'), { user })).to.deep.equal(bytes);
    await expectStatus(200, hdfs(webhdfs, `${file} through`, 'DELETE'), { user, method: 'DELETE' });
    await putCell(hbase, `${own}/r/d:knox`, 'by Knox', { user });
    expect(await getCell(cluster().rest[1] ?? '', `${own}/r/d:knox`)).to.equal('by Knox');
    expect((await ask(`${hbase}/version`)).status).to.equal(401);
  });

  it('let kirka act for others, and nobody else', async () => {
    const [webhdfs = ''] = cluster().webhdfs;
    const status = async (user: string): Promise<number> =>
      (await ask(hdfs(webhdfs, '/tmp', 'GETFILESTATUS', { 'user.name': user, doas: 'sam' }))).status;
    expect(await status('kirka')).to.equal(200);
    expect(await status('tom')).to.equal(403);
  });

  it('refuse more than a quota, once an administrator has set one', async () => {
    const [webhdfs = ''] = cluster().webhdfs;
    const folder = `/kirka/${own}-quota`;
    const { admin } = cluster();
    await admin.createFolder(folder, 'kirka', '750');
    try {
      await admin.setSpaceQuota(folder, 1000);
      const write = hdfs(webhdfs, `${folder}/a`, 'CREATE', { ...asKirka, overwrite: 'true' });
      const { headers } = await expectStatus(307, write, { method: 'PUT' });
      const { status, body } = await ask(headers.location ?? '', { method: 'PUT', body: 'a' });
      expect([status, body.toString()].join(' ')).to.match(/^403 .*DSQuotaExceededException/s);
      await admin.setSpaceQuota(folder, undefined);
      await writeFile(write, 'a');
    } finally {
      await admin.remove(folder);
    }
  });

  it('split a table, and still answer both halves', async () => {
    const [rest = ''] = cluster().rest;
    await putCell(rest, `${own}/z/d:z`, 'behind');
    await cluster().admin.hbase('split', own, 'm');
    const regions = (await cluster().admin.hbase('regions', own)).trimEnd().split('\n');
    expect(regions.map((line) => line.split('\t')[0])).to.deep.equal(['', 'm']);
    expect(await getCell(rest, `${own}/r/d:one`)).to.equal('by one');
    expect(await getCell(rest, `${own}/z/d:z`)).to.equal('behind');
  });

  it('write HBase on while its DataNodes are lost one after the other, each back before the next', async function () {
    this.timeout(180_000);
    const [rest = ''] = cluster().rest;
    const { datanodes, hbase } = cluster();
    const before = await hbase?.regionServer.pid();
    for (const datanode of datanodes) {
      await datanode.kill();
      // Its log is begun anew on the DataNode that is left.
      await untilItWorks('a write to HBase', 120, () => putCell(rest, `${own}/r/d:${datanode.name}`, 'written'));
      await datanode.start();
    }
    for (const { name } of datanodes) expect(await getCell(rest, `${own}/r/d:${name}`), name).to.equal('written');
    expect(await hbase?.regionServer.pid(), 'the region server, that has not ended itself').to.equal(before);
  });

  it('keep everything over a restart of all of them', async function () {
    this.timeout(400_000);
    await stopAll(cluster());
    for (const server of cluster().servers) expect(await server.pid(), server.name).to.equal(undefined);
    await startAll(cluster());
    const [webhdfs = ''] = cluster().webhdfs;
    expect(await readFile(hdfs(webhdfs, file, 'OPEN', asKirka))).to.deep.equal(bytes);
    for (const rest of cluster().rest) expect(await getCell(rest, `${own}/r/d:one`)).to.equal('by one');
  });

  it('come back one by one: paused and resumed, killed and started', async function () {
    this.timeout(400_000);
    const { datanodes, hbase } = cluster();
    const [rest] = hbase?.rest ?? [];
    await rest?.pause();
    const silent = await Promise.race([
      ask(`${rest?.url ?? ''}/version`).then(() => 'answered'),
      new Promise((resolve) => setTimeout(resolve, 1000, 'silent')),
    ]);
    expect(silent).to.equal('silent');
    await rest?.resume();
    await rest?.waitUntilReady();
    await Promise.all([datanodes[0].kill(), rest?.kill(), hbase?.regionServer.kill()]);
    expect(await rest?.pid()).to.equal(undefined);
    await Promise.all([datanodes[0].start(), rest?.start(), hbase?.regionServer.start()]);
    expect(await getCell(rest?.url ?? '', `${own}/r/d:two`)).to.equal('by two');
  });
});
