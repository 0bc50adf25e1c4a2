import { once } from 'node:events';
import { spawn } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import { expect } from 'chai';
import { MlflowApi } from '../support/mlflow-api.ts';
import { startBackendProcess } from '../support/backend-process.ts';
import type { BackendProcess } from '../support/backend-process.ts';
import { runKirka, temporaryFolder } from './kirka-process.ts';

const kirka = fileURLToPath(new URL('../../dist/bin/kirka.js', import.meta.url));
const artifacts = '/api/2.0/mlflow-artifacts/artifacts/';

describe('kirka gc, beside a running backend', function () {
  this.timeout(300_000);
  const data = temporaryFolder();
  let backend: BackendProcess;
  let api: MlflowApi;

  before(async () => {
    backend = await startBackendProcess({ data: data.path });
    api = new MlflowApi(backend.url);
  });
  after(async () => {
    await backend.kill('SIGTERM');
    data.remove();
  });

  const deletedRun = async (): Promise<string> => {
    const { run } = (await api.post('runs/create', { experiment_id: '0' })) as { run: { info: { run_id: string } } };
    const id = run.info.run_id;
    await fetch(`${backend.url}${artifacts}0/${id}/artifacts/a.txt`, { method: 'PUT', body: 'a' });
    await api.post('runs/delete', { run_id: id });
    return id;
  };
  const get = (runId: string): Promise<string> =>
    api.get('runs/get', { run_id: runId }).then(
      () => 'there',
      (error: unknown) => String(error),
    );
  const gc = async (...flags: string[]): Promise<{ code: number | null; output: string; errors: string }> => {
    const run = runKirka('gc', '--data', data.path, ...flags);
    return { code: await run.exit, output: run.output(), errors: run.errors() };
  };

  it('says what it would remove, then removes it; the backend has it no more', async () => {
    const id = await deletedRun();
    const young = await gc();
    expect([young.code, young.output]).to.deep.equal([
      0,
      'Nothing was removed: --apply would remove 0 runs, 0 logged models, 0 experiments.\n',
    ]);
    const dry = await gc('--older-than', '0s');
    expect(dry.output).to.match(new RegExp(`^run ${id} would be removed \\(in experiment 0, deleted 20\\S+Z\\)\n`));
    expect(await get(id)).to.equal('there');
    const applied = await gc('--older-than', '0s', '--apply');
    expect([applied.code, applied.errors]).to.deep.equal([0, '']);
    expect(applied.output)
      .to.contain(`run ${id} removed`)
      .and.to.contain('Removed 1 runs, 0 logged models, 0 experiments.');
    expect(await get(id)).to.contain('RESOURCE_DOES_NOT_EXIST');
    expect((await fetch(`${backend.url}${artifacts}0/${id}/artifacts/a.txt`)).status).to.equal(404);
    const unknown = await gc('--run-ids', id, '--apply');
    expect([unknown.code, unknown.errors]).to.deep.equal([1, `kirka: There is no run ${id}.\n`]);
  });

  it('ends, when it is run again, what it was killed in the middle of', async () => {
    const ids = await Promise.all(Array.from({ length: 60 }, deletedRun));
    const child = spawn(process.execPath, [kirka, 'gc', '--data', data.path, '--older-than', '0s', '--apply'], {
      stdio: ['ignore', 'pipe', 'inherit'],
    });
    const ended = once(child, 'exit');
    await once(child.stdout, 'data');
    child.kill('SIGKILL');
    await ended;
    const second = await gc('--older-than', '0s', '--apply');
    expect([second.code, second.errors]).to.deep.equal([0, '']);
    for (const id of ids) expect(await get(id)).to.contain('RESOURCE_DOES_NOT_EXIST');
    const left = (await (await fetch(`${backend.url}${artifacts.slice(0, -1)}?path=0`)).json()) as {
      files?: unknown[];
    };
    expect(left.files ?? []).to.deep.equal([]);
  });
});
