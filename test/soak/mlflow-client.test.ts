import { fileURLToPath } from 'node:url';
import { expect } from 'chai';
import { lastJson, runClient } from '../clients/program.ts';
import { pipelineOf, receivedBy } from '../cluster/support/datanodes.ts';
import { cluster, progress } from '../cluster/support/hooks.ts';
import type { Installation } from '../cluster/support/kirka.ts';
import { install } from '../cluster/support/kirka.ts';
import { until } from '../cluster/support/until.ts';
import { mlflowEnvironment } from '../stack/mlflow/environment.ts';

const megabyte = 1024 * 1024;
const script = fileURLToPath(new URL('scripts/log-artifact.py', import.meta.url));

describe("MLflow's Python client, whose upload of 300 MB loses the receiving DataNode", function () {
  this.timeout(600_000);
  let kirka: Installation;

  before(async () => {
    await mlflowEnvironment();
    kirka = await install();
  });
  after(() => kirka.dispose());

  for (const [spool, answers] of [
    ['1gb', [200]],
    ['0', [503, 200]],
  ] as const) {
    it(`has uploaded it all the same, where the backend keeps ${spool} of it: ${answers.join(', then ')}`, async () => {
      const { url, log } = await kirka.start({ flags: ['--webhdfs-spool', spool] });
      const before = await Promise.all(cluster().datanodes.map(receivedBy));
      const venv = await mlflowEnvironment();
      const client = runClient(venv, { MLFLOW_TRACKING_URI: url }, 'python', script, '300');
      client.catch(() => undefined);
      await until('a third of the upload', 120, async () => {
        const now = await Promise.all(cluster().datanodes.map(receivedBy));
        return now.every((bytes, i) => bytes - (before[i] ?? 0) > 100 * megabyte);
      });
      const { receiving } = await pipelineOf(cluster());
      await receiving.kill();
      try {
        expect(lastJson(await client)).to.deep.equal({ same: true });
      } finally {
        await receiving.start();
      }
      const uploads = log
        .map((line) => JSON.parse(line) as { route?: string; method?: string; status?: number; ms?: number })
        .filter(({ method }) => method === 'PUT');
      progress(`PUTs that the backend answered: ${JSON.stringify(uploads.map(({ status }) => status))}`);
      expect(uploads.map(({ status }) => status)).to.deep.equal(answers);
    });
  }
});
