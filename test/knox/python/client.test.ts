import { expect } from 'chai';
import { execFile } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { passwordOf } from '../../stack/knox/index.ts';
import { mlflowEnvironment, quietMlflow } from '../../stack/mlflow/environment.ts';
import { stack } from '../support/hooks.ts';
import { startBehindKnox } from '../support/kirka.ts';
import type { KirkaBehindKnox } from '../support/kirka.ts';

const example = fileURLToPath(new URL('example.py', import.meta.url));

describe("MLflow's own client, through Knox over TLS with users of its LDAP", () => {
  let backend: KirkaBehindKnox;
  let venv: string;
  before(async function () {
    // The first run installs mlflow.
    this.timeout(600_000);
    venv = await mlflowEnvironment();
    backend = await startBehindKnox();
  });
  after(() => backend.dispose());

  it('tracks a run with its files, and changes its user when told to', async function () {
    this.timeout(180_000);
    const { knox } = stack();
    const { stdout } = await promisify(execFile)(`${venv}/bin/python`, [example], {
      env: {
        ...quietMlflow,
        PATH: process.env['PATH'],
        GIT_PYTHON_REFRESH: 'quiet',
        MLFLOW_TRACKING_URI: knox.serviceUrl('kirka'),
        MLFLOW_TRACKING_SERVER_CERT_PATH: knox.home.caFile,
        MLFLOW_TRACKING_USERNAME: 'sam',
        MLFLOW_TRACKING_PASSWORD: passwordOf('sam'),
        OTHER_USERNAME: 'tom',
        OTHER_PASSWORD: passwordOf('tom'),
      },
    });
    expect(JSON.parse(stdout.trim().split('\n').at(-1) ?? '')).to.deep.equal({
      status: 'FINISHED',
      params: { alpha: '0.5' },
      losses: [
        [0, '0.9'],
        [1, '0.5'],
        [2, 'nan'],
      ],
      found: 1,
      artifact: '{ "v": NaN }\n',
      'wrong password': 401,
      reviewed: 'yes',
    });
  });
});
