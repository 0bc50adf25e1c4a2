import { rmSync } from 'node:fs';
import { join } from 'node:path';
import { expect } from 'chai';
import { startBackendProcess } from '../support/backend-process.ts';
import type { BackendProcess } from '../support/backend-process.ts';
import { deep, writeDeep } from '../support/deep-tree.ts';
import { MlflowApi } from '../support/mlflow-api.ts';
import { runKirka, temporaryFolder } from './kirka-process.ts';

describe('kirka import, of artifacts whose paths users have chosen', function () {
  this.timeout(120_000);
  const [from, to] = [temporaryFolder(), temporaryFolder()];
  let server: BackendProcess;

  before(async () => {
    server = await startBackendProcess({ data: from.path });
  });
  after(async () => {
    await server.kill('SIGTERM');
    for (const folder of [from, to]) folder.remove();
  });

  it('goes past a folder that the source does not list, and copies what is deeper than an upload may be', async () => {
    const api = new MlflowApi(server.url);
    const { run } = (await api.post('runs/create', { experiment_id: '0' })) as { run: { info: { run_id: string } } };
    const root = `0/${run.info.run_id}/artifacts`;
    const artifacts = join(from.path, 'artifacts');
    await writeDeep(artifacts, `${root}/${deep(300)}f`, `${root}/b#c/f`, `${root}/z/f`);
    const imported = async () => {
      const command = runKirka('import', '--from', server.url, '--data', to.path);
      return { code: await command.exit, output: command.output(), errors: command.errors() };
    };
    const { code, output, errors } = await imported();
    expect([code, output], errors).to.deep.equal([
      1,
      `folder ${root}/b#c was not copied: The tracking server answered 400 to /api/2.0/mlflow-artifacts/artifacts: Invalid path\n`,
    ]);
    const backend = await startBackendProcess({ data: to.path });
    for (const name of [`${deep(300)}f`, 'z/f']) {
      const found = await fetch(`${backend.url}/api/2.0/mlflow-artifacts/artifacts/${root}/${name}`);
      expect([found.status, await found.text()], name).to.deep.equal([200, 'x']);
    }
    await backend.kill('SIGTERM');
    rmSync(join(artifacts, root, 'b#c'), { recursive: true });
    expect((await imported()).code).to.equal(0);
  });
});
