import { execFile } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { expect } from 'chai';
import { principalOf, withNpmKerberos } from '../stack/kerberos/index.ts';
import { startBackendProcess } from '../support/backend-process.ts';
import type { BackendProcess } from '../support/backend-process.ts';
import { MlflowApi } from '../support/mlflow-api.ts';
import { failureOf, logIn, remoteTo } from './support/client.ts';
import { theHBase } from './support/hbase.ts';
import { theCluster } from './support/hooks.ts';

const run = promisify(execFile);
const kirka = fileURLToPath(new URL('../../dist/bin/kirka.js', import.meta.url));
const secret = 'a-secret-of-more-than-22-characters';

describe('kirka on a Kerberised cluster', () => {
  let folder: string;
  let ca: string;
  let started: BackendProcess[] = [];

  /** The environment of an account that has no ticket. */
  const environment = (): Record<string, string> => ({
    KRB5_CONFIG: theCluster().kdc.krb5Conf,
    KRB5_CLIENT_KTNAME: '',
    KRB5CCNAME: `FILE:${join(folder, 'nothing-here')}`,
    NODE_OPTIONS: withNpmKerberos,
  });
  const who = (): string[] => [
    ...['--kerberos-principal', principalOf('kirka'), '--kerberos-keytab', theCluster().kdc.keytab('kirka')],
  ];
  const hbase = (): string[] => ['--hbase', theHBase().rest, '--hbase-ca', ca, '--hbase-kerberos', 'true'];
  const hdfs = (): string[] => [
    ...['--webhdfs', theCluster().webhdfs, '--webhdfs-ca', ca, '--webhdfs-kerberos', 'true'],
    ...['--webhdfs-root', '/mlflow/artifacts'],
  ];
  const serve = async (data: string, ...flags: string[]): Promise<BackendProcess> => {
    const backend = await startBackendProcess({ data: join(folder, data), flags, env: environment() });
    started.push(backend);
    return backend;
  };

  async function asAdministrator(...operations: string[]): Promise<string> {
    const remote = remoteTo(theCluster().webhdfs, logIn('hdfs').kerberos);
    let last = '';
    try {
      for (const operation of operations) {
        const method = operation.includes('op=GET') || operation.includes('op=LIST') ? 'GET' : 'PUT';
        const { status, body } = await remote.send({ method, path: operation }, { repeatable: true });
        last = body.toString();
        expect(status, `${operation}: ${last}`).to.equal(200);
      }
    } finally {
      await remote.close();
    }
    return last;
  }

  before(async function () {
    this.timeout(240_000);
    folder = mkdtempSync(join(tmpdir(), 'kirka-kerberos-'));
    ca = join(folder, 'ca.pem');
    writeFileSync(ca, theCluster().ca);
    writeFileSync(join(folder, 'secret'), secret, { mode: 0o600 });
    await asAdministrator(
      '/mlflow?op=MKDIRS',
      '/mlflow?op=SETOWNER&owner=kirka',
      '/mlflow?op=SETPERMISSION&permission=755',
    );
    await theHBase().started();
    await theHBase().grant('kirka', '@default', 'RWXCA');
    const { stdout } = await run(process.execPath, [kirka, 'store', 'init', ...hbase(), ...who()], {
      env: { ...process.env, ...environment() },
    });
    expect(stdout).to.match(/all are ready/);
  });

  afterEach(async () => {
    await Promise.all(started.map((backend) => backend.kill('SIGTERM')));
    started = [];
  });

  after(() => {
    rmSync(folder, { recursive: true, force: true });
  });

  it('keeps runs in HBase and artifacts in HDFS, by its keytab alone', async () => {
    const { url } = await serve('a', ...hbase(), ...hdfs(), ...who());
    const api = new MlflowApi(url);
    const { experiment_id } = await api.post('experiments/create', { name: 'kerberised' });
    const { run: made } = (await api.post('runs/create', { experiment_id })) as { run: { info: { run_id: string } } };
    const { run_id } = made.info;
    await api.post('runs/log-metric', { run_id, key: 'loss', value: 0.5, timestamp: 1, step: 0 });
    const path = `${url}/api/2.0/mlflow-artifacts/artifacts/${String(experiment_id)}/${run_id}/artifacts/model.bin`;
    expect((await fetch(path, { method: 'PUT', body: Buffer.alloc(300_000, 7) })).status).to.equal(200);
    const read = Buffer.from(await (await fetch(path)).arrayBuffer());
    expect(read.equals(Buffer.alloc(300_000, 7))).to.equal(true);
    const found = (await api.post('runs/search', { experiment_ids: [experiment_id] })) as { runs: unknown[] };
    expect(found.runs).to.have.length(1);
    const listed = await asAdministrator(
      `/mlflow/artifacts/${String(experiment_id)}/${run_id}/artifacts?op=LISTSTATUS`,
    );
    expect(JSON.parse(listed)).to.have.nested.property('FileStatuses.FileStatus[0].owner', 'kirka');
  });

  it("acts in HDFS for the user whom Knox's dispatch names by doAs=", async () => {
    const identity = ['--identity', 'stock', '--gateway-secret-file', join(folder, 'secret')];
    await asAdministrator('/mlflow/of-users?op=MKDIRS', '/mlflow/of-users?op=SETPERMISSION&permission=777');
    const root = ['--webhdfs-root', '/mlflow/of-users', '--webhdfs-do-as', 'true'];
    const { url } = await serve('b', ...hdfs(), ...root, ...who(), ...identity);
    const path = `${url}/api/2.0/mlflow-artifacts/artifacts/9/of-ann.txt`;
    const headers = { 'x-kirka-gateway-secret': secret };
    const put = (query: string) => fetch(path + query, { method: 'PUT', body: 'hello', headers });
    expect((await put('?doAs=ann')).status).to.equal(200);
    expect((await put('?doAs=ann&doAs=bob')).status).to.equal(401);
    expect((await put('?doAs=ann&user.name=bob')).status).to.equal(401);
    expect((await put('')).status).to.equal(401);
    const status = await asAdministrator('/mlflow/of-users/9/of-ann.txt?op=GETFILESTATUS');
    expect(JSON.parse(status)).to.have.nested.property('FileStatus.owner', 'ann');
  });

  it('says on one line why it cannot start', async () => {
    const former = [
      '--kerberos-principal',
      principalOf('kirka'),
      '--kerberos-keytab',
      theCluster().kdc.keytab('former'),
    ];
    const { message } = await failureOf(serve('c', ...hdfs(), ...former));
    expect(message).to.match(/\nkirka: .*as kirka@KIRKA\.TEST: .*export the keytab anew.*$/);
    expect(message.trim().split('\n')).to.have.length(2);
  });
});
