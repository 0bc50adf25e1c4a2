import { execFile } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { requireJava } from '../stack/java.ts';
import { buildJars, hashOf } from '../stack/maven.ts';
import { runProgram } from './program.ts';
import type { ClientVariables, Finished } from './program.ts';

const run = promisify(execFile);
const pom = fileURLToPath(new URL('./java', import.meta.url));
const stack = fileURLToPath(new URL('../../.stack/clients', import.meta.url));

/** The versions of MLflow's Java client that are run here: of those with the API of MLflow 2, all that Maven Central has. */
export const javaClients = ['2.0.1', '2.17.2'] as const;
export type JavaClient = (typeof javaClients)[number];

/** Builds the program at the first use. @returns the folder of its jars */
export async function javaProgram(): Promise<string> {
  await requireJava();
  const jars = join(stack, `jars-${hashOf([pom]).slice(0, 12)}`);
  await buildJars(pom, jars, () => console.log('fetching MLflow Java clients'));
  return jars;
}

export interface JavaRun {
  readonly jars: string;
  readonly client: JavaClient;
  readonly variables: ClientVariables;
  /** The Python that it starts for artifacts. */
  readonly python: string;
  /** The certificate authority to trust beside none: Java knows no variable of MLflow's for it. */
  readonly caFile?: string | undefined;
}

/** Runs the program's main class with one version of the client. */
export async function runJava({ jars, client, variables, python, caFile }: JavaRun, name: string): Promise<Finished> {
  const folder = mkdtempSync(join(tmpdir(), 'mlflow-java-'));
  try {
    const trust = caFile === undefined ? [] : await trustStore(caFile, join(folder, 'trust.p12'));
    const classPath = [`${jars}/*`, `${jars}/${client}/*`].join(':');
    const settings = { ...variables, MLFLOW_PYTHON_EXECUTABLE: python };
    return await runProgram('java', [...trust, '-cp', classPath, 'org.kirka.clients.Day', name], settings);
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

/** Makes the trust store as docs/mlflow-client.md says it. @returns the options of `java` that name it */
async function trustStore(caFile: string, store: string): Promise<string[]> {
  const password = 'changeit'; // guards nothing: what it holds is public
  const options = ['-storetype', 'PKCS12', '-storepass', password];
  await run('keytool', ['-importcert', '-noprompt', '-alias', 'knox', '-file', caFile, '-keystore', store, ...options]);
  return [`-Djavax.net.ssl.trustStore=${store}`, `-Djavax.net.ssl.trustStorePassword=${password}`];
}
