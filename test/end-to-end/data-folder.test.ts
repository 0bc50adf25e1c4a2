import { existsSync, mkdirSync, renameSync, rmSync, statSync, truncateSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect } from 'chai';
import { open } from 'lmdb';
import { startBackendProcess } from '../support/backend-process.ts';
import type { BackendProcess } from '../support/backend-process.ts';
import { runKirka, temporaryFolder } from './kirka-process.ts';
import type { KirkaProcess } from './kirka-process.ts';

describe('a data folder that is not as it was left', () => {
  const folder = temporaryFolder();
  const data = join(folder.path, 'data');
  const store = join(data, 'store', 'data.mdb');
  const running: (BackendProcess | KirkaProcess)[] = [];

  const start = async (): Promise<BackendProcess> => {
    const backend = await startBackendProcess({ data });
    running.push(backend);
    return backend;
  };
  const create = (url: string, name: string): Promise<Response> =>
    fetch(`${url}/api/2.0/mlflow/experiments/create`, {
      method: 'POST',
      body: JSON.stringify({ name }),
      headers: { 'Content-Type': 'application/json' },
    });
  const upload = (url: string): Promise<Response> =>
    fetch(`${url}/api/2.0/mlflow-artifacts/artifacts/1/r/artifacts/f`, { method: 'PUT', body: 'x' });

  beforeEach(async () => {
    const backend = await start();
    for (let i = 0; i < 30; i++) expect((await create(backend.url, `e${String(i)}`)).status).to.equal(200);
    expect((await upload(backend.url)).status).to.equal(200);
    await backend.kill('SIGTERM');
  });
  afterEach(async () => {
    await Promise.all(running.splice(0).map((process) => process.kill('SIGKILL')));
    rmSync(data, { recursive: true });
  });
  after(() => folder.remove());

  /** What a command says that does not start: one line. */
  const refusal = async (...args: string[]): Promise<string> => {
    const kirka = runKirka(...args, '--data', data);
    running.push(kirka);
    expect(await kirka.exit).to.equal(1);
    expect(kirka.errors().trim().split('\n')).to.have.length(1);
    return kirka.errors();
  };
  const commands: readonly (readonly string[])[] = [
    ['serve', '--port', '0'],
    ['start', '--port', '0'],
    ['gc', '--older-than', '0s'],
  ];

  it('is told in one line, by every command that opens it: an empty store', async () => {
    truncateSync(store, 0);
    for (const command of commands) {
      expect(await refusal(...command)).to.include(`kirka: ${store} is empty: restore it from a backup, or remove it`);
    }
    expect(statSync(store).size).to.equal(0);
  });

  it('is told in one line: a store that was cut', async () => {
    truncateSync(store, 5 * 4096);
    for (const command of commands) expect(await refusal(...command)).to.match(/is cut short: .* restore it/);
  });

  it('is told in one line: artifacts whose store is gone', async () => {
    rmSync(join(data, 'store'), { recursive: true });
    for (const command of commands.slice(0, 2)) {
      expect(await refusal(...command)).to.match(/^kirka: There is no store in .*: restore it from a backup, or move/);
    }
    expect(existsSync(store)).to.equal(false);
    // Where nothing is left that belongs to it, an empty store is what is wanted.
    rmSync(join(data, 'artifacts', '1'), { recursive: true });
    mkdirSync(join(data, 'artifacts', 'lost+found'));
    expect((await create((await start()).url, 'anew')).status).to.equal(200);
  });

  it('fails what meets a damaged record alone, and names it in the log', async () => {
    const root = open({ path: join(data, 'store'), maxDbs: 32 });
    const experiments = root.openDB<unknown, Buffer>({ name: 'experiments', keyEncoding: 'binary' });
    await experiments.put(Buffer.from([0, 0, 0, 0, 0, 0, 0, 7]), ['e6', 5]);
    await root.close();
    const backend = await start();
    const get = (id: number): Promise<Response> =>
      fetch(`${backend.url}/api/2.0/mlflow/experiments/get?experiment_id=${String(id)}`);
    const answers = await Promise.all([get(6), get(7), get(8)]);
    expect(answers.map(({ status }) => status)).to.deep.equal([200, 500, 200]);
    expect(await answers[1]?.json()).to.include({ error_code: 'INTERNAL_ERROR' });
    expect((await create(backend.url, 'another')).status).to.equal(200);
    const [line = '{}', ...others] = backend.log.filter((text) => text.includes('"level":50'));
    const { type, message } = (JSON.parse(line) as { err: Record<'type' | 'message', string> }).err;
    expect([type, others]).to.deep.equal(['StoreCorrupt', []]);
    expect(message).to.match(/^The record '.*\\x07' of 'experiments' cannot be read: its artifactLocation is none/);
  });

  it('is noticed under a backend that runs: nothing more is written, until it is back', async () => {
    const backend = await start();
    renameSync(data, `${data}-elsewhere`);
    expect([(await create(backend.url, 'lost')).status, (await upload(backend.url)).status]).to.deep.equal([503, 503]);
    // No new folder is made in its place either.
    expect(existsSync(data)).to.equal(false);
    expect(backend.log.join('\n')).to.include(`${store} is gone while it was open: nothing is written`);
    const ready = async (): Promise<number> => (await fetch(`${backend.url}/ready`)).status;
    while ((await ready()) === 200) await new Promise((resolve) => setTimeout(resolve, 200));
    expect(await ready()).to.equal(503);
    expect((await fetch(`${backend.url}/health`)).status).to.equal(200);
    renameSync(`${data}-elsewhere`, data);
    expect([(await create(backend.url, 'kept')).status, (await upload(backend.url)).status]).to.deep.equal([200, 200]);
    await backend.kill('SIGTERM');
    expect(backend.log.at(-1)).to.include('"stopped"');
  });

  it('is not made anew by a backend under which it was removed', async () => {
    const backend = await start();
    rmSync(data, { recursive: true });
    expect([(await create(backend.url, 'lost')).status, (await upload(backend.url)).status]).to.deep.equal([503, 503]);
    expect(existsSync(data)).to.equal(false);
    await backend.kill('SIGTERM');
    expect(backend.log.at(-1)).to.include('"stopped"');
    mkdirSync(data);
    writeFileSync(join(data, 'note'), '');
  });
});
