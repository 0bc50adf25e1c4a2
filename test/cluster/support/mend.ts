import { setTimeout as delay } from 'node:timers/promises';
import { cluster } from './hooks.ts';
import { untilItWorks } from '../../support/until.ts';

/** A region server that was taken for dead serves until it hears so, at its next report: they are 3 s apart. */
const untilReported = 5000;

/**
 * Starts those servers of HBase anew that have ended by themselves, as a supervisor does, until a write works again. A
 * region server ends itself where it cannot write its log (HDFS was gone), or where it was taken for dead (it stood still
 * for longer than its session in ZooKeeper); the master does where it cannot write its own.
 */
export async function mendHBase(write: () => Promise<unknown>): Promise<void> {
  const { hbase } = cluster();
  if (!hbase) return;
  const servers = [hbase.master, ...hbase.regionServers];
  const isWhole = async (): Promise<boolean> =>
    (await Promise.all(servers.map((server) => server.pid()))).every((pid) => pid !== undefined);
  do {
    await untilItWorks('a write to HBase', 240, async () => {
      // Side by side: a master serves only when a region server has come.
      await Promise.all(servers.map(async (server) => (await server.pid()) ?? (await server.start())));
      await write();
    });
    await delay(untilReported);
  } while (!(await isWhole()));
}
