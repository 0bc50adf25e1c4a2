import { rmSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import type { Context } from 'mocha';
import { attachCluster, buildHadoop, readAddresses, startWhole } from '../../stack/cluster/index.ts';
import type { Cluster, GatewayAddresses } from '../../stack/cluster/index.ts';
import { endAllWriting } from './writing.ts';

/** The first port of the tests' own cluster; one of `npm run cluster` may go on beside it. */
export const basePort = Number(process.env['KIRKA_CLUSTER_TEST_PORT'] ?? 21_200);

export const progress = (line: string): void => {
  process.stderr.write(`  ${line}\n`);
};

interface Shared {
  readonly cluster: Cluster;
  readonly gateway: GatewayAddresses | undefined;
  readonly stop: () => Promise<void>;
}

let shared: Shared | undefined;

function running(): Shared {
  if (!shared) throw new Error('the cluster is there only while tests run');
  return shared;
}

/** The cluster of this run; only inside of tests and hooks. Whoever breaks a server mends it. */
export const cluster = (): Cluster => running().cluster;

/** The gateway before it. @throws where KIRKA_CLUSTER names a cluster without one */
export function gateway(): GatewayAddresses {
  const { gateway: found } = running();
  if (!found) throw new Error('the cluster that KIRKA_CLUSTER names was started with --no-knox');
  return found;
}

/** What `npm run cluster` has started, where KIRKA_CLUSTER names its addresses; else a cluster of our own, empty. */
async function share(): Promise<Shared> {
  const file = process.env['KIRKA_CLUSTER'];
  if (file !== undefined) {
    const { layout, gateway: found } = readAddresses(file);
    // The administrator's programs may be newer than its servers.
    await buildHadoop(progress);
    return { cluster: attachCluster(layout, progress), gateway: found, stop: () => Promise.resolve() };
  }
  const folder = fileURLToPath(new URL(`../../../.stack/cluster-${String(basePort)}`, import.meta.url));
  rmSync(folder, { recursive: true, force: true });
  const { cluster: own, gateway: found, stop } = await startWhole({ folder, basePort, knox: true, progress });
  return { cluster: own, gateway: found?.addresses, stop };
}

/** One cluster for all test files. */
export const mochaHooks = {
  async beforeAll(this: Context): Promise<void> {
    // The first run fetches everything.
    this.timeout(900_000);
    shared = await share();
  },
  afterEach(): void {
    endAllWriting();
  },
  async afterAll(this: Context): Promise<void> {
    this.timeout(120_000);
    await shared?.stop();
  },
};
