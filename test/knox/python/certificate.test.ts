import { fileURLToPath } from 'node:url';
import { expect } from 'chai';
import { javaClients, javaProgram, runJava } from '../../clients/java.ts';
import { lastJson, runClient } from '../../clients/program.ts';
import type { ClientVariables } from '../../clients/program.ts';
import { passwordOf } from '../../stack/knox/index.ts';
import { mlflowEnvironment, mlflowReleases } from '../../stack/mlflow/environment.ts';
import { stack } from '../support/hooks.ts';
import { startBehindKnox } from '../support/kirka.ts';
import type { KirkaBehindKnox } from '../support/kirka.ts';
import { testTls } from '../support/stack.ts';

const script = fileURLToPath(new URL('certificate.py', import.meta.url));
const each = (outcome: string): object => ({ ask: outcome, upload: outcome, list: outcome, download: outcome });

describe("What MLflow's clients make of Knox's certificate and of a password", function () {
  this.timeout(1_800_000);
  let kirka: KirkaBehindKnox;
  const signIn = (password: string): ClientVariables => ({
    MLFLOW_TRACKING_URI: stack().knox.serviceUrl('kirka'),
    MLFLOW_TRACKING_USERNAME: 'sam',
    MLFLOW_TRACKING_PASSWORD: password,
    MLFLOW_HTTP_REQUEST_MAX_RETRIES: '0',
  });

  before(async () => {
    kirka = await startBehindKnox();
  });
  after(() => kirka.dispose());

  for (const release of mlflowReleases) {
    const outcome = async (password: string, trust: ClientVariables): Promise<unknown> =>
      lastJson(await runClient(await mlflowEnvironment(release), { ...signIn(password), ...trust }, 'python', script));
    const trusting = (caFile: string): ClientVariables => ({ MLFLOW_TRACKING_SERVER_CERT_PATH: caFile });

    it(`mlflow ${release} sends nothing to a server whose certificate it was not told to trust`, async () => {
      expect(await outcome(passwordOf('sam'), {})).to.deep.equal(each('CERTIFICATE_VERIFY_FAILED'));
      const other = trusting(testTls('ca.crt'));
      expect(await outcome(passwordOf('sam'), other)).to.deep.equal(each('CERTIFICATE_VERIFY_FAILED'));
    });

    it(`mlflow ${release} asks, uploads, lists and downloads with the authority's certificate, and is refused with a wrong password`, async () => {
      const right = trusting(stack().knox.home.caFile);
      expect(await outcome(passwordOf('sam'), right)).to.deep.equal(each('done'));
      expect(await outcome('wrong', right)).to.deep.equal(each('401'));
    });

    it(`mlflow ${release} looks at no certificate where it is told so`, async () => {
      expect(await outcome(passwordOf('sam'), { MLFLOW_TRACKING_INSECURE_TLS: 'true' })).to.deep.equal(each('done'));
    });
  }

  for (const client of javaClients) {
    it(`mlflow-client ${client} for Java sends nothing to a server whose certificate it was not told to trust`, async () => {
      const python = `${await mlflowEnvironment()}/bin/python`;
      // Python's variable says nothing to Java.
      const variables = {
        ...signIn(passwordOf('sam')),
        MLFLOW_TRACKING_SERVER_CERT_PATH: stack().knox.home.caFile,
      };
      const { code, stderr } = await runJava({ jars: await javaProgram(), client, variables, python }, 'untrusted');
      expect(code).to.not.equal(0);
      expect(stderr).to.contain('PKIX path building failed');
    });
  }
});
