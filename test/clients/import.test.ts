import { expect } from 'chai';
import { runKirka, temporaryFolder } from '../end-to-end/kirka-process.ts';
import { seed } from '../import/seed.ts';
import type { Seeded } from '../import/seed.ts';
import { seenOf } from '../import/tell-apart.ts';
import { startMlflowServer } from '../stack/mlflow/server.ts';
import type { MlflowServer } from '../stack/mlflow/server.ts';
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
});
