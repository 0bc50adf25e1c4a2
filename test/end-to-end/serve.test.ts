import { execFile } from 'node:child_process';
import { writeFileSync } from 'node:fs';
import { connect } from 'node:net';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { expect } from 'chai';
import { open } from 'lmdb';
import { until } from '../support/until.ts';
import { runKirka, temporaryFolder } from './kirka-process.ts';
import type { KirkaProcess } from './kirka-process.ts';

async function duration(work: () => Promise<unknown>): Promise<number> {
  const started = performance.now();
  await work();
  return performance.now() - started;
}

describe('kirka serve', () => {
  const folder = temporaryFolder();
  const running: KirkaProcess[] = [];
  const serve = (...flags: string[]): KirkaProcess => {
    const kirka = runKirka('serve', '--port', '0', '--data', join(folder.path, 'data'), ...flags);
    running.push(kirka);
    return kirka;
  };
  afterEach(() => Promise.all(running.splice(0).map((kirka) => kirka.kill())));
  after(() => folder.remove());

  const refusal = async (kirka: KirkaProcess): Promise<[number | null, string]> => {
    const code = await kirka.exit;
    expect(kirka.errors().trim().split('\n')).to.have.length(1);
    return [code, kirka.errors()];
  };

  it('serves from an empty folder in well under a second, keeps what it was told, and stops cleanly', async () => {
    // The machine may be busy: a second where bare Node takes 0.04 s to start, and as much more as that takes longer.
    const bare = await duration(() => promisify(execFile)(process.execPath, ['-e', '0']));
    const started = performance.now();
    const first = serve();
    const url = await first.url;
    expect(await (await fetch(`${url}/health`)).text()).to.equal('OK');
    expect(performance.now() - started).to.be.lessThan(Math.max(1000, 25 * bare));
    expect(await (await fetch(`${url}/version`)).text()).to.equal('3.17.2');
    const create = { method: 'POST', body: '{"name":"kept"}', headers: { 'Content-Type': 'application/json' } };
    const created = (await (await fetch(`${url}/api/2.0/mlflow/experiments/create`, create)).json()) as object;
    first.signal('SIGTERM');
    expect(await first.exit).to.equal(0);

    const second = serve();
    const byName = `${await second.url}/api/2.0/mlflow/experiments/get-by-name?experiment_name=kept`;
    expect(await (await fetch(byName)).json())
      .to.have.property('experiment')
      .that.includes(created);
    second.signal('SIGINT');
    expect(await second.exit).to.equal(0);
  });

  it('warns at the start where every page may write', async () => {
    const listed = serve('--cors-allowed-origins', 'https://app.example');
    await listed.url;
    expect(listed.errors()).to.not.include('"level":40');
    await listed.kill();
    const open = serve('--cors-allowed-origins', 'https://app.example,*');
    await open.url;
    const warning = /"level":40[^\n]*--cors-allowed-origins \* lets every page write here/;
    await until('the warning', 5, () => warning.test(open.errors()));
  });

  it('finishes what is under way before it stops', async () => {
    const kirka = serve();
    const port = Number(new URL(await kirka.url).port);
    const socket = connect(port, '127.0.0.1').setEncoding('latin1');
    let answer = '';
    socket.on('data', (chunk: string) => (answer += chunk));
    const body = '{"name":"slow"}';
    const head = `POST /api/2.0/mlflow/experiments/create HTTP/1.1\r\nHost: localhost\r\nContent-Type: application/json\r\n`;
    socket.write(`${head}Content-Length: ${String(body.length)}\r\n\r\n${body.slice(0, 5)}`);
    await new Promise((resolve) => setTimeout(resolve, 100));
    kirka.signal('SIGTERM');
    await new Promise((resolve) => setTimeout(resolve, 100));
    socket.write(body.slice(5));
    const [code, ms] = await Promise.all([kirka.exit, duration(() => kirka.exit)]);
    expect(code).to.equal(0);
    expect(answer).to.match(/^HTTP\/1\.1 200 /);
    expect(ms, 'it waits for the answer, not for the connection').to.be.lessThan(5000);
  });

  it('does not wait for ever for a client that never ends', async () => {
    const kirka = serve('--shutdown-timeout', '0.3');
    const socket = connect(Number(new URL(await kirka.url).port), '127.0.0.1');
    socket.on('error', () => undefined);
    socket.write(
      'PUT /api/2.0/mlflow-artifacts/artifacts/f HTTP/1.1\r\nHost: localhost\r\nContent-Length: 10\r\n\r\nabc',
    );
    await new Promise((resolve) => setTimeout(resolve, 100));
    kirka.signal('SIGTERM');
    const asked = performance.now();
    expect(await kirka.exit).to.equal(0);
    expect(performance.now() - asked).to.be.within(250, 5000);
  });

  it('cuts off a client that never ends its headers', async () => {
    const kirka = serve('--body-timeout', '0.5');
    const socket = connect(Number(new URL(await kirka.url).port), '127.0.0.1').setEncoding('latin1');
    let answer = '';
    socket.on('data', (chunk: string) => (answer += chunk));
    socket.on('error', () => undefined);
    socket.write('GET /health HTTP/1.1\r\nHost: localhost\r\n');
    const drip = setInterval(() => socket.write('X-A: b\r\n'), 100);
    await new Promise((resolve) => socket.once('close', resolve));
    clearInterval(drip);
    expect(answer).to.match(/^HTTP\/1\.1 408 /);
  });

  it('says in one line why it does not start: a port that is taken', async () => {
    const { port } = new URL(await serve().url);
    const [code, line] = await refusal(serve('--port', port, '--data', join(folder.path, 'other')));
    expect([code, line]).to.deep.equal([
      1,
      `kirka: 127.0.0.1:${port} is taken by another process; stop it or choose another port with --port.\n`,
    ]);
  });

  it('says so of a data folder that cannot be made', async () => {
    writeFileSync(join(folder.path, 'file'), '');
    for (const data of [join(folder.path, 'file', 'below'), join(folder.path, 'file'), '/proc/kirka/data']) {
      const [code, line] = await refusal(serve('--data', data));
      expect(code).to.equal(1);
      expect(line).to.include(data).and.include('cannot be used');
    }
  });

  it('says so of a store that a newer version wrote', async () => {
    const data = join(folder.path, 'newer');
    const old = serve('--data', data);
    await old.url;
    old.signal('SIGTERM');
    await old.exit;
    const root = open({ path: join(data, 'store'), maxDbs: 16 });
    await root.openDB<number, string>({ name: 'meta' }).put('schema', 99);
    await root.close();
    const [code, line] = await refusal(serve('--data', data));
    expect([code, line.includes('layout 99')]).to.deep.equal([1, true]);
  });

  it('says so of a listener that would believe anyone', async () => {
    const [code, line] = await refusal(serve('--host', '0.0.0.0'));
    expect([code, line.includes('--tls-cert')]).to.deep.equal([1, true]);
  });
});
