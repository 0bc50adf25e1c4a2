import { once } from 'node:events';
import { spawn } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import { expect } from 'chai';
import { workOn } from '../import/local-work.ts';
import { seed } from '../import/seed.ts';
import type { Seeded } from '../import/seed.ts';
import { seenOf } from '../import/tell-apart.ts';
import { startBackendProcess } from '../support/backend-process.ts';
import type { BackendProcess } from '../support/backend-process.ts';
import { MlflowApi } from '../support/mlflow-api.ts';
import { runKirka, temporaryFolder } from './kirka-process.ts';

const kirka = fileURLToPath(new URL('../../dist/bin/kirka.js', import.meta.url));

// Kirka's own backend serves what is imported: MLflow's real server does in test/clients/import.test.ts.
describe('kirka import', function () {
  this.timeout(600_000);
  const [from, to, busy] = [temporaryFolder(), temporaryFolder(), temporaryFolder()];
  let server: BackendProcess;
  let seeded: Seeded;

  before(async () => {
    server = await startBackendProcess({ data: from.path });
    seeded = await seed(server.url, 40);
  });
  after(async () => {
    await server.kill('SIGTERM');
    for (const folder of [from, to, busy]) folder.remove();
  });

  const imported = async (data: string): Promise<{ code: number | null; output: string; errors: string }> => {
    const run = runKirka('import', '--from', server.url, '--data', data);
    return { code: await run.exit, output: run.output(), errors: run.errors() };
  };

  const seenIn = async (data: string): Promise<Record<string, unknown>> => {
    const backend = await startBackendProcess({ data });
    try {
      return await seenOf(backend.url, seeded);
    } finally {
      await backend.kill('SIGTERM');
    }
  };

  it('is killed, goes on, and ends with all that the source has, each once', async () => {
    const child = spawn(process.execPath, [kirka, 'import', '--from', server.url, '--data', to.path], {
      stdio: ['ignore', 'ignore', 'pipe'],
    });
    const ended = once(child, 'exit');
    // It tells of its first run after the first experiment.
    await once(child.stderr, 'data');
    child.kill('SIGKILL');
    await ended;
    const second = await imported(to.path);
    expect([second.code, second.output], second.errors).to.deep.equal([
      0,
      second.output.replace(/^(?!Imported, and compared with the source: 4 experiments, 41 of 41 runs).*/, ''),
    ]);
    const [here, there] = [await seenIn(to.path), await seenOf(server.url, seeded)];
    for (const [what, value] of Object.entries(there)) expect(here[what], what).to.deep.equal(value);
    expect(Object.keys(here)).to.have.members(Object.keys(there));
  });

  it('leaves to its users what is complete, and says so', async () => {
    const backend = await startBackendProcess({ data: to.path });
    await workOn(backend.url, seeded);
    const before = await seenOf(backend.url, seeded);
    const again = await imported(to.path);
    expect([again.code, again.output], again.errors).to.deep.equal([
      0,
      'Imported, and compared with the source: 4 experiments, 41 of 41 runs, 0 new points of metrics, 1 logged models, ' +
        '2 registered models with 4 versions, 0 new files (0 bytes); 52 were complete before.\n',
    ]);
    const after = await seenOf(backend.url, seeded);
    for (const [what, value] of Object.entries(before)) expect(after[what], what).to.deep.equal(value);
    await backend.kill('SIGTERM');
  });

  it('refuses, with nothing written, what was made by others', async () => {
    const backend = await startBackendProcess({ data: busy.path });
    const api = new MlflowApi(backend.url);
    await api.post('experiments/create', { name: 'mine' });
    await api.post('registered-models/create', { name: 'greeting' });
    const refused = await imported(busy.path);
    expect([refused.code, refused.output]).to.deep.equal([1, '']);
    expect(refused.errors).to.contain('kirka: nothing was imported.\n');
    expect(refused.errors).to.contain("experiment 1 ('alpha é\u{1f600}'): here that is 'mine', which was not imported");
    expect(refused.errors).to.contain("registered model 'greeting': here that is another, which was not imported");
    const { experiments } = await api.post('experiments/search', { view_type: 'ALL', max_results: 10 });
    expect(experiments).to.have.length(2);
    await backend.kill('SIGTERM');
  });

  it('says what cannot be reached, and keeps credentials to itself', async () => {
    const nobody = runKirka('import', '--from', 'http://127.0.0.1:9/secret-path?token=s3cret', '--data', busy.path);
    expect(await nobody.exit).to.equal(1);
    expect(nobody.errors())
      .to.match(/^kirka: The tracking server: .* query/)
      .and.not.contain('s3cret');
  });
});
