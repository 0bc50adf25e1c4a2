import { execFileSync } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { expect } from 'chai';
import { startBackendProcess } from '../support/backend-process.ts';
import type { BackendProcess } from '../support/backend-process.ts';

const api = '/api/2.0/mlflow/experiments';

/** What a backend does when the disk fails that its store is on. */
describe('a disk that fails', () => {
  const folder = mkdtempSync(join(tmpdir(), 'kirka-disk-'));
  const flag = join(folder, 'fail');
  const libraries = ['fail-writes', 'hold-flush'] as const;
  const libraryOf = (name: string): string => join(folder, `${name}.so`);
  const running: BackendProcess[] = [];
  let backend: BackendProcess;
  let names = 0;

  before(() => {
    for (const name of libraries) {
      const source = fileURLToPath(new URL(`${name}.c`, import.meta.url));
      execFileSync('cc', ['-shared', '-fPIC', '-O1', '-o', libraryOf(name), source, '-ldl']);
    }
  });
  afterEach(async () => {
    rmSync(flag, { force: true });
    await Promise.all(running.splice(0).map((each) => each.kill('SIGKILL')));
    rmSync(join(folder, 'data'), { recursive: true, force: true });
  });
  after(() => rmSync(folder, { recursive: true, force: true }));

  const start = async (library: (typeof libraries)[number] = 'fail-writes', ...flags: string[]): Promise<void> => {
    const env = { LD_PRELOAD: libraryOf(library), KIRKA_FAIL: flag, KIRKA_HOLD_FLUSH: flag };
    backend = await startBackendProcess({ data: join(folder, 'data'), env, flags });
    running.push(backend);
  };
  const fail = (way: 'full' | 'short' | 'meta' | 'flush' | 'hold'): void => writeFileSync(flag, way);

  const create = async (name = `e${String(names++)}`): Promise<readonly [number, string]> => {
    const headers = { 'Content-Type': 'application/json' };
    const init = { method: 'POST', headers, body: JSON.stringify({ name }) };
    const response = await fetch(`${backend.url}${api}/create`, init);
    return [response.status, await response.text()];
  };
  const read = async (query = 'experiment_id=0', path = 'get'): Promise<number> =>
    (await fetch(`${backend.url}${api}/${path}?${query}`)).status;

  const createMany = async (): Promise<readonly number[]> =>
    (await Promise.all(Array.from({ length: 30 }, () => create()))).map(([status]) => status);

  /** Lines that are none of the log's: what LMDB and lmdb write by themselves. */
  const noise = (): readonly string[] => backend.log.filter((line) => !line.startsWith('{'));

  for (const way of ['full', 'short'] as const) {
    it(`has no room: writes are 507 with the reason, and are done again when there is some (${way})`, async () => {
      await start();
      fail(way);
      const [status, body] = await create();
      expect([status, JSON.parse(body)]).to.deep.include(507);
      expect(JSON.parse(body)).to.include({ error_code: 'RESOURCE_EXHAUSTED' });
      expect(body).to.include('no room left (ENOSPC)');
      expect(new Set(await createMany())).to.deep.equal(new Set([507]));
      expect(await read()).to.equal(200);
      rmSync(flag);
      let after = 507;
      for (let i = 0; after === 507 && i < 100; i++) {
        [after] = await create('done');
        await new Promise((resolve) => setTimeout(resolve, 50));
      }
      expect(after).to.equal(200);
      expect(await read('experiment_name=done', 'get-by-name')).to.equal(200);
      expect(backend.log.filter((line) => line.includes('nobody waited for'))).to.deep.equal([]);
      expect(noise().length).to.be.lessThan(10);
      await backend.kill('SIGTERM');
      expect(backend.log.at(-1)).to.include('"stopped"');
    });
  }

  it('has no room at the first start: that ends with the reason, and the next one goes on', async () => {
    fail('full');
    const refusal = await start().catch((error: unknown) => String(error));
    expect(refusal).to.match(/ended with 1:[^]*kirka: .*(no space left on device|no room left)/i);
    rmSync(flag);
    await start();
    expect((await create())[0]).to.equal(200);
  });

  it('has no room for a lock file at a start: that ends with the reason, and the next one goes on', async () => {
    await start();
    expect((await create('kept'))[0]).to.equal(200);
    await backend.kill('SIGTERM');
    rmSync(join(folder, 'data', 'store', 'lock.mdb'));
    fail('full');
    const refusal = await start().catch((error: unknown) => String(error));
    expect(refusal).to.match(/ended with 1:[^]*kirka: .*(no space left on device|no room left)/i);
    rmSync(flag);
    await start();
    expect(await read('experiment_name=kept', 'get-by-name')).to.equal(200);
  });

  it('does not flush: nothing more is acknowledged until the backend is started again, and reads go on', async () => {
    await start();
    fail('flush');
    expect((await create())[0]).to.equal(503);
    rmSync(flag);
    expect(new Set(await createMany())).to.deep.equal(new Set([503]));
    expect(await read()).to.equal(200);
    await backend.kill('SIGTERM');
    await start();
    expect((await create())[0]).to.equal(200);
  });

  it('fails at the last step of a commit: LMDB gives up, nothing waits for ever, and the backend can be stopped', async () => {
    await start();
    expect((await create('kept'))[0]).to.equal(200);
    fail('meta');
    expect(new Set(await createMany())).to.deep.equal(new Set([503]));
    rmSync(flag);
    expect([(await create())[0], await read()]).to.deep.equal([503, 503]);
    await backend.kill('SIGTERM');
    expect(backend.log.at(-1)).to.match(/^kirka: stopped, but not cleanly: .*must be opened anew/);
    await start();
    expect(await read('experiment_name=kept', 'get-by-name')).to.equal(200);
    expect((await create())[0]).to.equal(200);
  });

  it('does not answer: the backend can be stopped', async () => {
    await start('hold-flush', '--shutdown-timeout', '0.5');
    expect((await create('kept'))[0]).to.equal(200);
    fail('hold');
    const answer = create('not acknowledged').catch(() => 'cut');
    // Which has begun when the flush of another is waited for, too.
    await new Promise((resolve) => setTimeout(resolve, 200));
    await backend.kill('SIGTERM');
    expect(await answer).to.equal('cut');
    expect(backend.log.at(-1)).to.include('the stores have not ended what they do');
    rmSync(flag);
    await start();
    expect(await read('experiment_name=kept', 'get-by-name')).to.equal(200);
  });
});
