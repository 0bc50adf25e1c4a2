import { rmSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import type { RootHookObject } from 'mocha';
import { installNpmKerberos, startSecureCluster } from '../../stack/kerberos/index.ts';
import type { SecureCluster } from '../../stack/kerberos/index.ts';

const folder = fileURLToPath(new URL('../../../.stack/kerberos/cluster/', import.meta.url));
/** The first of the ports of a run. */
export const basePort = Number(process.env['KIRKA_TEST_KERBEROS_PORT'] ?? 25000);
let cluster: SecureCluster | undefined;

/** What the hooks below have started. */
export function theCluster(): SecureCluster {
  if (cluster === undefined) throw new Error('the cluster has not been started');
  return cluster;
}

export const mochaHooks: RootHookObject = {
  async beforeAll(this: Mocha.Context) {
    // The first run compiles, and fetches everything.
    this.timeout(900_000);
    const progress = (line: string): void => {
      process.stdout.write(`  ${line}\n`);
    };
    await installNpmKerberos(progress);
    rmSync(folder, { recursive: true, force: true });
    cluster = await startSecureCluster({ folder, basePort, progress });
  },
  async afterAll(this: Mocha.Context) {
    this.timeout(60_000);
    await cluster?.stop();
  },
};
