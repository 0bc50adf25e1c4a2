import { portsFrom, serveControl, startCluster } from '../hadoop/index.ts';
import type { ClusterOptions, StartedCluster } from '../hadoop/index.ts';
import { startGateway } from './gateway.ts';
import type { ClusterGateway } from './gateway.ts';

/** A cluster that this process has started, with a gateway before it where one is asked for. */
export interface WholeCluster {
  readonly cluster: StartedCluster;
  readonly gateway: ClusterGateway | undefined;
  /** Stops all in order: whoever writes ends before what it writes to. */
  readonly stop: () => Promise<void>;
}

/** Starts a cluster, Knox side by side with it, and lets other processes break and start its servers. */
export async function startWhole(options: ClusterOptions & { readonly knox: boolean }): Promise<WholeCluster> {
  const { basePort, services = 'hbase', knox, progress } = options;
  const gatewayOptions = { hbase: services === 'hbase', home: `cluster-${String(basePort)}`, progress };
  const startingCluster = startCluster(options);
  const startingGateway = knox ? startGateway(portsFrom(basePort), gatewayOptions) : Promise.resolve(undefined);
  // Both are waited for: what still starts when the other one fails would stay behind.
  await Promise.allSettled([startingCluster, startingGateway]);
  try {
    const [cluster, gateway] = await Promise.all([startingCluster, startingGateway]);
    const control = await serveControl(cluster);
    return {
      cluster,
      gateway,
      stop: async () => {
        control.close();
        await gateway?.stop();
        await cluster.stop();
      },
    };
  } catch (error) {
    await startingGateway.then((gateway) => gateway?.stop()).catch(() => undefined);
    await startingCluster.then((cluster) => cluster.stop()).catch(() => undefined);
    throw error;
  }
}
