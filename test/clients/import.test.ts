import { expect } from 'chai';
import { runKirka, temporaryFolder } from '../end-to-end/kirka-process.ts';
import { workOn } from '../import/local-work.ts';
import { seed } from '../import/seed.ts';
import type { Seeded } from '../import/seed.ts';
import { seenOf } from '../import/tell-apart.ts';
import { startMlflowServer } from '../stack/mlflow/server.ts';
import type { MlflowServer } from '../stack/mlflow/server.ts';
import { MlflowApi } from '../support/mlflow-api.ts';
import { startBackendProcess } from '../support/backend-process.ts';

describe("kirka import, from MLflow's real server with 1,000 runs", function () {
  this.timeout(1_800_000);
  const data = temporaryFolder();
  let server: MlflowServer | undefined;
  let url: string;
  let seeded: Seeded;

  before(async () => {
    server = await startMlflowServer();
    ({ url } = server);
    seeded = await seed(url, 999);
  });
  after(async () => {
    await server?.stop();
    data.remove();
  });

  it('brings all that a client sees of it, and compares it', async () => {
    const run = runKirka('import', '--from', url, '--data', data.path);
    const code = await run.exit;
    expect([code, run.output()], run.errors()).to.deep.equal([0, run.output()]);
    expect(run.output()).to.match(
      /^Imported, and compared with the source: 4 experiments, 1000 of 1000 runs, 6001 new /,
    );
    const backend = await startBackendProcess({ data: data.path });
    try {
      // The import itself has compared all of them; here it is what clients see.
      const some = { ...seeded, runIds: seeded.runIds.slice(-100) };
      const [here, there] = [await seenOf(backend.url, some), await seenOf(url, some)];
      for (const [what, value] of Object.entries(there)) {
        expect(here[what], what).to.deep.equal(value);
      }
      expect(Object.keys(here)).to.have.members(Object.keys(there));
    } finally {
      await backend.kill('SIGTERM');
    }
  });

  it('asked again, leaves what is complete to its users, and brings what is new', async () => {
    const some = { ...seeded, runIds: seeded.runIds.slice(0, 20) };
    const backend = await startBackendProcess({ data: data.path });
    try {
      await workOn(backend.url, some);
      const before = await seenOf(backend.url, some);
      const again = runKirka('import', '--from', url, '--data', data.path);
      expect([await again.exit, again.errors()]).to.deep.equal([0, again.errors()]);
      expect(again.output()).to.match(/ 0 new points .* 0 new files \(0 bytes\); 1011 were complete before\.$/m);
      const after = await seenOf(backend.url, some);
      for (const [what, value] of Object.entries(before)) expect(after[what], what).to.deep.equal(value);

      const api = new MlflowApi(url);
      const { run } = (await api.post('runs/create', { experiment_id: '0', start_time: 1 })) as {
        run: { info: { run_id: string } };
      };
      const { run_id } = run.info;
      const tags = [{ key: 'mlflow.prompt.is_prompt', value: 'true' }];
      const version = { name: 'greeting', source: 'dummy-source', tags };
      await api.post('model-versions/create', version);
      const grown = runKirka('import', '--from', url, '--data', data.path);
      expect([await grown.exit, grown.output()]).to.deep.equal([
        1,
        "registered model 'greeting' was renamed or deleted here: 1 versions of it were not imported\n",
      ]);
      const found = await new MlflowApi(backend.url).get('runs/get', { run_id });
      expect(found).to.have.nested.property('run.info.run_id', run_id);
    } finally {
      await backend.kill('SIGTERM');
    }
  });
});
