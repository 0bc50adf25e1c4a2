import { spawnSync } from 'node:child_process';
import { existsSync, readFileSync, statSync } from 'node:fs';
import { request as httpRequest } from 'node:http';
import { request } from 'node:https';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { expect } from 'chai';
import { runKirka, temporaryFolder } from './kirka-process.ts';
import type { KirkaProcess } from './kirka-process.ts';

const kirkaJs = fileURLToPath(new URL('../../dist/bin/kirka.js', import.meta.url));
const basic = (user: string, password: string): Record<string, string> => ({
  Authorization: `Basic ${Buffer.from(`${user}:${password}`).toString('base64')}`,
});

/** The tracking URI that it prints, once all is printed. */
async function trackingUri(kirka: KirkaProcess): Promise<string> {
  await kirka.url;
  return /MLFLOW_TRACKING_URI=(\S+)/.exec(kirka.output())?.[1]?.replace('localhost', '127.0.0.1') ?? '';
}

describe('kirka start', () => {
  const folder = temporaryFolder();
  const running: KirkaProcess[] = [];
  const usersFile = join(folder.path, 'users', 'users.json');
  const start = (...flags: string[]): KirkaProcess => {
    const kirka = runKirka('start', '--port', '0', '--data', join(folder.path, 'data'), ...flags);
    running.push(kirka);
    return kirka;
  };
  const users = (input: string, ...args: string[]) =>
    spawnSync(process.execPath, [kirkaJs, 'users', ...args, '--file', usersFile], { input, encoding: 'utf8' });

  afterEach(() => Promise.all(running.splice(0).map((kirka) => kirka.kill())));
  after(() => {
    folder.remove();
  });

  it('serves an MLflow client that signs in, names the user on its runs, and stops cleanly', async () => {
    const kirka = start();
    const uri = await trackingUri(kirka);
    expect(uri).to.match(/\/gateway\/sandbox\/kirka$/);
    expect(kirka.output()).to.contain('MLFLOW_TRACKING_PASSWORD=guest-password').and.contain('mlflow.start_run()');
    expect(await (await fetch(`${uri}/version`, { headers: basic('guest', 'guest-password') })).text()).to.equal(
      '3.17.2',
    );
    expect((await fetch(`${uri}/version`, { headers: basic('guest', 'wrong') })).status).to.equal(401);

    const created = await fetch(`${uri}/api/2.0/mlflow/runs/create`, {
      method: 'POST',
      headers: { ...basic('sam', 'sam-password'), 'Content-Type': 'application/json' },
      body: '{"experiment_id":"0"}',
    });
    expect(await created.json()).to.nested.include({ 'run.info.user_id': 'sam' });
    kirka.signal('SIGINT');
    expect(await kirka.exit).to.equal(0);
    const [line = '', ...more] = kirka.errors().split('\n');
    expect(JSON.parse(line)).to.include({ level: 40, status: 401, user: 'guest', address: '127.0.0.1' });
    expect(more).to.deep.equal(['']);
  });

  it('serves the names and origins that are listed, by flag or as MLflow has them', async () => {
    const kirka = start('--allowed-hosts', 'kirka.test:*', '--cors-allowed-origins', 'https://app.example');
    const { port, pathname } = new URL(await trackingUri(kirka));
    const status = (path: string, headers: Record<string, string>, method = 'GET'): Promise<number | undefined> =>
      new Promise((resolve, reject) => {
        const signedIn = { ...basic('guest', 'guest-password'), 'Content-Type': 'application/json', ...headers };
        httpRequest({ port, path: pathname + path, method, headers: signedIn }, (response) => {
          response.resume();
          resolve(response.statusCode);
        })
          .on('error', reject)
          .end(method === 'GET' ? undefined : '{"experiment_id":"0"}');
      });
    const own = { Host: 'kirka.test:1' };
    expect(await status('/', own)).to.equal(200);
    expect(await status('/', { Host: `localhost:${port}` })).to.equal(403);
    const create = '/api/2.0/mlflow/runs/create';
    expect(await status(create, { ...own, Origin: 'https://app.example' }, 'POST')).to.equal(200);
    expect(await status(create, { ...own, Origin: 'http://kirka.test:1' }, 'POST')).to.equal(200);
    expect(await status(create, { ...own, Origin: 'https://evil.example' }, 'POST')).to.equal(403);
  });

  it('says in one line that its port is taken', async () => {
    const port = new URL(await trackingUri(start())).port;
    const second = start('--port', port);
    expect(await second.exit).to.equal(1);
    expect(second.errors()).to.match(/^kirka: 127\.0\.0\.1:\d+ is taken by another process; [^\n]*--port\.\n$/);
  });

  it('listens off loopback only with users of its own and TLS', async () => {
    const kirka = start('--host', '0.0.0.0');
    expect(await kirka.exit).to.equal(1);
    expect(kirka.errors()).to.match(/^kirka: .*--users.*--tls.*\n$/);
  });

  it('takes users from a file that "kirka users" keeps, without a password in any argument', async () => {
    const added = users('pass word:1\n', 'set', 'ann', '--groups', 'analyst,b');
    expect([added.status, added.stdout]).to.deep.equal([0, `Added ann in ${usersFile}.\n`]);
    expect(readFileSync(usersFile, 'utf8')).to.not.contain('pass word');
    expect(statSync(usersFile).mode & 0o077, 'readable by its owner only').to.equal(0);
    expect(users('', 'list').stdout).to.equal('ann\tanalyst,b\n');
    expect(users('\n', 'set', 'bob').status, 'an empty password').to.equal(1);

    const uri = await trackingUri(start('--users', usersFile, '--topology', 'lab'));
    expect(uri).to.contain('/gateway/lab/');
    const status = async (name: string, password: string): Promise<number> =>
      (await fetch(`${uri}/version`, { headers: basic(name, password) })).status;
    expect(await status('ann', 'pass word:1')).to.equal(200);
    expect(await status('ann', 'pass word:2')).to.equal(401);
    expect(await status('guest', 'guest-password')).to.equal(401);

    expect(users('', 'remove', 'ann').status).to.equal(0);
    await new Promise((resolve) => setTimeout(resolve, 1100));
    expect(await status('ann', 'pass word:1'), 'after it was removed').to.equal(401);
    expect(users('', 'remove', 'ann').stderr).to.match(/^kirka: .*has no user 'ann'/);
  });

  it('says which users file it cannot read', async () => {
    const kirka = start('--users', join(folder.path, 'none.json'));
    expect(await kirka.exit).to.equal(1);
    expect(kirka.errors()).to.match(/^kirka: the users file .*none\.json cannot be read \(ENOENT\)\.\n$/);
  });

  it('makes a certificate for TLS and keeps it', async () => {
    const certFile = join(folder.path, 'data', 'tls', 'gateway-cert.pem');
    const certificates: string[] = [];
    for (let turn = 0; turn < 2; turn++) {
      const kirka = start('--tls');
      const uri = await trackingUri(kirka);
      expect(uri).to.match(/^https:/);
      expect(kirka.output()).to.contain(`MLFLOW_TRACKING_SERVER_CERT_PATH=${certFile}`);
      const ca = readFileSync(certFile, 'utf8');
      certificates.push(ca);
      const status = await new Promise<number | undefined>((resolve, reject) => {
        request(`${uri}/version`, { ca, headers: basic('guest', 'guest-password') }, (response) => {
          response.resume();
          resolve(response.statusCode);
        })
          .on('error', reject)
          .end();
      });
      expect(status).to.equal(200);
      await kirka.kill();
    }
    expect(certificates[0]).to.equal(certificates[1]);
    expect(existsSync(certFile.replace('cert', 'key'))).to.equal(true);
  });
});
