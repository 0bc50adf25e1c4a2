import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { expect } from 'chai';
import { describeAlike } from '../../clients/describe-alike.ts';
import { describeClients } from '../../clients/describe-clients.ts';
import { lastJson, runClient } from '../../clients/program.ts';
import { passwordOf } from '../../stack/knox/index.ts';
import { mlflowEnvironment } from '../../stack/mlflow/environment.ts';
import { stack } from '../support/hooks.ts';
import { clientsBehindKnox, startBehindKnox } from '../support/kirka.ts';

describeClients('Knox over TLS and a user of its LDAP', clientsBehindKnox);
describeAlike('Knox over TLS and a user of its LDAP', clientsBehindKnox);

describe("MLflow's Python client, changing its user through Knox", () => {
  it('is whom it signs in as, and nobody with a wrong password', async function () {
    this.timeout(600_000);
    const { logFile, dispose } = await startBehindKnox();
    const { knox } = stack();
    const variables = {
      MLFLOW_TRACKING_URI: knox.serviceUrl('kirka'),
      MLFLOW_TRACKING_SERVER_CERT_PATH: knox.home.caFile,
      MLFLOW_TRACKING_USERNAME: 'sam',
      MLFLOW_TRACKING_PASSWORD: passwordOf('sam'),
      MLFLOW_HTTP_REQUEST_MAX_RETRIES: '0',
    };
    try {
      const script = fileURLToPath(new URL('change-user.py', import.meta.url));
      const outcome = lastJson(await runClient(await mlflowEnvironment(), variables, 'python', script));
      expect(outcome).to.include({ 'wrong password': 401, reviewed: 'yes' });
    } finally {
      await dispose();
    }
    const writes = readFileSync(logFile, 'utf8')
      .split('\n')
      .filter((line) => line.includes('runs.create') || line.includes('runs.setTag'))
      .map((line) => (JSON.parse(line) as { user: string }).user);
    expect(writes, 'who did each write, by the log').to.deep.equal(['sam', 'tom']);
  });
});
