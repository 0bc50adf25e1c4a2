import { cluster } from './hooks.ts';
import { untilItWorks } from './until.ts';

/**
 * Starts those servers of HBase anew that have ended by themselves, as a supervisor does, until a write works again. A
 * region server ends itself where it cannot write its log (HDFS was gone), or where it was taken for dead (it stood still
 * for longer than its session in ZooKeeper); the master does where it cannot write its own.
 */
export async function mendHBase(write: () => Promise<unknown>): Promise<void> {
  const { hbase } = cluster();
  if (!hbase) return;
  await untilItWorks('a write to HBase', 240, async () => {
    const servers = [hbase.master, ...hbase.regionServers];
    // Side by side: a master serves only when a region server has come.
    await Promise.all(servers.map(async (server) => (await server.pid()) ?? (await server.start())));
    await write();
  });
}
