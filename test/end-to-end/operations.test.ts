import { execFileSync } from 'node:child_process';
import { copyFileSync, readFileSync, readdirSync, statSync } from 'node:fs';
import { request } from 'node:https';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { expect } from 'chai';
import { commandsIn } from '../unit/docs/markdown.ts';
import { runKirkaIn, temporaryFolder } from './kirka-process.ts';
import type { KirkaProcess } from './kirka-process.ts';

const certificates = fileURLToPath(new URL('../data/tls/', import.meta.url));

describe('docs/operations.md, as it stands', () => {
  const folder = temporaryFolder();
  const commands = commandsIn('docs/operations.md');
  let running: KirkaProcess | undefined;

  before(() => {
    for (const file of readdirSync(certificates)) copyFileSync(join(certificates, file), join(folder.path, file));
  });
  afterEach(() => running?.kill());
  after(() => folder.remove());

  /** The one command of the document that is like this. */
  const command = (like: RegExp): string => {
    const found = commands.filter((text) => like.test(text));
    expect(found, String(like)).to.have.length(1);
    return found[0] ?? '';
  };

  const shell = (text: string): string => execFileSync('sh', ['-c', text], { cwd: folder.path, encoding: 'utf8' });

  /** Starts the document's backend, on a free port of loopback. */
  const serve = (like: RegExp): KirkaProcess => {
    const words = command(like).match(/'[^']*'|\S+/g) ?? [];
    expect(words.splice(0, 2)).to.deep.equal(['node', 'dist/bin/kirka.js']);
    const flags = words.map((word) => word.replace(/^'(.*)'$/, '$1'));
    running = runKirkaIn(folder.path, ...flags, '--host', '127.0.0.1', '--port', '0');
    return running;
  };

  const ask = (url: string, path: string, options: object = {}): Promise<number | undefined> =>
    new Promise((resolve, reject) => {
      request(url + path, { ca: readFileSync(join(certificates, 'ca.crt')), agent: false, ...options }, (response) => {
        response.resume();
        resolve(response.statusCode);
      })
        .once('error', reject)
        .end();
    });

  it('starts, is backed up, and is restored', async () => {
    const first = serve(/serve --port/);
    const create = { method: 'POST', body: '{"name":"kept"}', headers: { 'Content-Type': 'application/json' } };
    expect((await fetch(`${await first.url}/api/2.0/mlflow/experiments/create`, create)).status).to.equal(200);
    first.signal('SIGTERM');
    expect(await first.exit).to.equal(0);
    shell(command(/^tar -czf/));
    shell('rm -r kirka-data && tar -xzf kirka-backup.tgz');
    const second = serve(/serve --port/);
    const found = await fetch(`${await second.url}/api/2.0/mlflow/experiments/get-by-name?experiment_name=kept`);
    expect(found.status).to.equal(200);
  });

  it('believes who knows the secret', async () => {
    shell(`${command(/> gateway-secret$/)} && ${command(/^chmod/)}`);
    const file = join(folder.path, 'gateway-secret');
    expect(statSync(file).mode & 0o777).to.equal(0o600);
    const url = await serve(/--gateway-secret-file/).url;
    const secret = readFileSync(file, 'utf8').trim();
    expect(await ask(url, '/health')).to.equal(200);
    expect(await ask(url, '/version')).to.equal(401);
    const headers = { 'X-Kirka-Gateway-Secret': secret, 'X-Kirka-User': 'sam' };
    expect(await ask(url, '/version', { headers })).to.equal(200);
  });

  it('believes who shows the certificate', async () => {
    const url = await serve(/--gateway-subjects/).url;
    const headers = { 'X-Kirka-User': 'sam' };
    const [cert, key] = ['knox.crt', 'knox.key'].map((name) => readFileSync(join(certificates, name)));
    expect(await ask(url, '/version', { headers })).to.equal(401);
    expect(await ask(url, '/version', { headers, cert, key })).to.equal(200);
  });
});
