import { mkdirSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { requireJava } from '../java.ts';
import { beanOf } from './ask.ts';
import { buildHadoop } from './build.ts';
import { clusterOf } from './cluster.ts';
import type { Cluster } from './cluster.ts';
import type { Layout } from './layout.ts';
import { portsFrom } from './ports.ts';
import { ownServer } from './server.ts';
import type { Server } from './server.ts';
import { users } from './sites.ts';

/** What a cluster is started with. */
export interface ClusterOptions {
  /** Its data, configuration and logs; a cluster started on it again has its data. */
  readonly folder: string;
  /** The first of some fifty ports on loopback (ports.ts). */
  readonly basePort: number;
  /** HDFS alone, or HBase on it; `hbase` if absent. */
  readonly services?: 'hdfs' | 'hbase';
  /** One if absent. */
  readonly regionServers?: 1 | 2;
  /** Two NameNodes, of which the first is made the active one; one if absent. */
  readonly highlyAvailable?: boolean;
  /** Properties over ours, by site file. */
  readonly sites?: Layout['sites'];
  readonly progress: (line: string) => void;
}

/** A cluster that this process has started. */
export interface StartedCluster extends Cluster {
  /** Stops all in order, and keeps the data. */
  readonly stop: () => Promise<void>;
}

/** Starts a cluster; on an empty folder it is formatted first. */
export async function startCluster(options: ClusterOptions): Promise<StartedCluster> {
  const { progress } = options;
  const layout: Layout = {
    folder: resolve(options.folder),
    ports: portsFrom(options.basePort),
    services: options.services ?? 'hbase',
    highlyAvailable: options.highlyAvailable ?? false,
    regionServers: options.regionServers ?? 1,
    sites: options.sites ?? {},
  };
  await requireJava();
  await buildHadoop(progress);
  for (const each of ['data', 'logs', 'conf']) mkdirSync(join(layout.folder, each), { recursive: true });
  const cluster = clusterOf(layout, ownServer, progress);
  try {
    await startAll(cluster);
  } catch (error) {
    await Promise.all(cluster.servers.map((server) => server.kill()));
    throw error;
  }
  return { ...cluster, stop: () => stopAll(cluster) };
}

/** Starts all servers: side by side what does not need each other, or waits for what it needs. */
export async function startAll(cluster: Cluster): Promise<void> {
  const { hbase } = cluster;
  await Promise.all([startHdfs(cluster), hbase?.zookeeper.start()]);
  if (hbase) await start([hbase.master, ...hbase.regionServers, ...hbase.rest]);
}

async function startHdfs({ namenodes, datanodes, admin }: Cluster): Promise<void> {
  // The second NameNode begins with a copy of what the first one formatted; a NameNode serves when DataNodes are there.
  const inTurn = async (): Promise<void> => {
    for (const each of namenodes) await each.start();
    if (namenodes.length > 1) await admin.makeActive(0);
  };
  await Promise.all([inTurn(), start(datanodes)]);
  await untilWritable(namenodes[0]?.url ?? '', datanodes.length);
  await admin.createFolder('/hbase', users.hbase, '755');
  await admin.createFolder('/kirka', users.kirka, '750');
  await admin.createFolder('/tmp', users.hdfs, '1777');
}

/** Waits until a NameNode has left its safe mode and knows its DataNodes: two replicas can be written. */
async function untilWritable(url: string, datanodes: number): Promise<void> {
  for (let tries = 0; tries < 600; tries++) {
    const state = await beanOf(url, 'Hadoop:service=NameNode,name=FSNamesystemState');
    if (state?.['FSState'] === 'Operational' && state['NumLiveDataNodes'] === datanodes) return;
    await sleep(100);
  }
  throw new Error(`HDFS at ${url} has not left its safe mode with ${String(datanodes)} DataNodes after a minute`);
}

/** Stops all servers that run: whoever writes ends before what it writes to. */
export async function stopAll({ namenodes, datanodes, hbase }: Cluster): Promise<void> {
  if (hbase) {
    await stop(hbase.rest);
    await stop([hbase.master, ...hbase.regionServers]);
    await hbase.zookeeper.stop();
  }
  await stop(datanodes);
  await stop(namenodes);
}

const start = (servers: readonly Server[]): Promise<unknown> => Promise.all(servers.map((server) => server.start()));
const stop = (servers: readonly Server[]): Promise<unknown> => Promise.all(servers.map((server) => server.stop()));
