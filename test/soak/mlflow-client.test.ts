import { fileURLToPath } from 'node:url';
import { expect } from 'chai';
import { lastJson, runClient } from '../clients/program.ts';
import { pipelineOf } from '../cluster/support/datanodes.ts';
import { cluster, progress } from '../cluster/support/hooks.ts';
import type { Installation } from '../cluster/support/kirka.ts';
import { install } from '../cluster/support/kirka.ts';
import { mlflowEnvironment } from '../stack/mlflow/environment.ts';
import { relayTo } from './relay.ts';

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
      const relay = await relayTo(url, 100 * megabyte);
      const client = runClient(await mlflowEnvironment(), { MLFLOW_TRACKING_URI: relay.url }, 'python', script, '300');
      try {
        await Promise.race([relay.held, client.then(lastJson)]);
        const { receiving } = await pipelineOf(cluster());
        await receiving.kill();
        try {
          relay.release();
          expect(lastJson(await client)).to.deep.equal({ same: true });
        } finally {
          await receiving.start();
        }
      } finally {
        relay.release();
        await client.catch(() => undefined);
        await relay.close();
      }
      const uploads = log
        .map((line) => JSON.parse(line) as { route?: string; method?: string; status?: number; ms?: number })
        .filter(({ method }) => method === 'PUT');
      progress(`PUTs that the backend answered: ${JSON.stringify(uploads.map(({ status }) => status))}`);
      expect(uploads.map(({ status }) => status)).to.deep.equal(answers);
    });
  }
});
