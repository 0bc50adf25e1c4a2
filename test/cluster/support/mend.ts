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
    for (const server of [hbase.master, ...hbase.regionServers]) {
      if ((await server.pid()) === undefined) await server.start();
    }
    await write();
  });
}
