import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect } from 'chai';
import { startCluster } from '../stack/cluster/index.ts';
import type { StartedCluster } from '../stack/cluster/index.ts';
import { ask, expectStatus } from './support/ask.ts';
import { basePort, progress } from './support/hooks.ts';
import { hdfs, readFile, writeFile } from './support/servers.ts';

describe('two NameNodes', () => {
  const asKirka = { 'user.name': 'kirka' };
  let folder: string;
  let pair: StartedCluster;

  before(async function () {
    this.timeout(300_000);
    folder = mkdtempSync(join(tmpdir(), 'kirka-standby-'));
    pair = await startCluster({ folder, basePort: basePort + 200, services: 'hdfs', highlyAvailable: true, progress });
  });

  after(async () => {
    await pair.stop();
    rmSync(folder, { recursive: true, force: true });
  });

  it('answer by the active one alone, and by the other one when it was made active', async () => {
    const [one = '', two = ''] = pair.webhdfs;
    await writeFile(hdfs(one, '/kirka/a', 'CREATE', asKirka), 'written to nn1');
    const refused = await ask(hdfs(two, '/kirka/a', 'GETFILESTATUS', asKirka));
    expect([refused.status, refused.body.toString()].join(' ')).to.match(/^403 .*StandbyException/s);

    await pair.admin.makeActive(1);
    expect((await readFile(hdfs(two, '/kirka/a', 'OPEN', asKirka))).toString()).to.equal('written to nn1');
    expect((await ask(hdfs(one, '/kirka/a', 'GETFILESTATUS', asKirka))).status).to.equal(403);
  });

  it('answer by the standby one when the active one was killed', async () => {
    const [one = '', two = ''] = pair.webhdfs;
    await writeFile(hdfs(two, '/kirka/b', 'CREATE', asKirka), 'written to nn2');
    await pair.namenodes[1]?.kill();
    await pair.admin.makeActive(0);
    expect((await readFile(hdfs(one, '/kirka/b', 'OPEN', asKirka))).toString()).to.equal('written to nn2');

    await pair.namenodes[1]?.start();
    await expectStatus(403, hdfs(two, '/kirka/b', 'GETFILESTATUS', asKirka));
  });
});
