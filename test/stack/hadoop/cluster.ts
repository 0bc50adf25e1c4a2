import { mkdirSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { requireJava } from '../java.ts';
import { hdfsAdmin } from './admin.ts';
import type { HdfsAdmin } from './admin.ts';
import { beanOf } from './ask.ts';
import { buildHadoop } from './build.ts';
import { hbaseAdmin, master, regionServer, restServer, shutDownHBase, zooKeeper } from './hbase.ts';
import { dataNode, haAdmin, nameNode } from './hdfs.ts';
import { logOf } from './layout.ts';
import type { Layout } from './layout.ts';
import { portsFrom } from './ports.ts';
import type { ClusterPorts } from './ports.ts';
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

/** A running cluster, each server in its own process. */
export interface Cluster {
  readonly folder: string;
  readonly ports: ClusterPorts;
  /** One, or two where it is highly available. */
  readonly namenodes: readonly Server[];
  /** The first of the NameNodes. */
  readonly namenode: Server;
  readonly datanodes: readonly [Server, Server];
  /** HBase's servers, where it was started. */
  readonly hbase: HBaseServers | undefined;
  /** WebHDFS by each NameNode: `http://127.0.0.1:<port>/webhdfs/v1`. */
  readonly webhdfs: readonly string[];
  /** Address of each HBase REST server; none where HBase was not started. */
  readonly rest: readonly string[];
  readonly admin: HdfsAdmin & {
    /** Makes this NameNode the active one, and the other one stand by where it runs. */
    readonly makeActive: (index: 0 | 1) => Promise<void>;
    /** A command of HBaseAdmin.java, such as `split`, table, key. @returns what it printed */
    readonly hbase: (...args: readonly string[]) => Promise<string>;
  };
  /** Every server, in the order of their start. */
  readonly servers: readonly Server[];
  /** Stops all in order, and keeps the data. */
  readonly stop: () => Promise<void>;
}

/** The servers of HBase. */
export interface HBaseServers {
  readonly zookeeper: Server;
  readonly master: Server;
  readonly regionServers: readonly Server[];
  /** The first of the region servers. */
  readonly regionServer: Server;
  readonly rest: readonly [Server, Server];
}

/** Starts a cluster; on an empty folder it is formatted first. */
export async function startCluster(options: ClusterOptions): Promise<Cluster> {
  const { progress, services = 'hbase' } = options;
  const layout: Layout = {
    folder: resolve(options.folder),
    ports: portsFrom(options.basePort),
    highlyAvailable: options.highlyAvailable ?? false,
    regionServers: options.regionServers ?? 1,
    sites: options.sites ?? {},
  };
  await requireJava();
  await buildHadoop(progress);
  for (const each of ['data', 'logs', 'conf']) mkdirSync(join(layout.folder, each), { recursive: true });
  const cluster = clusterOf(layout, services, progress);
  try {
    await startAll(cluster);
  } catch (error) {
    await Promise.all(cluster.servers.map((server) => server.kill()));
    throw error;
  }
  return cluster;
}

/** The handles, of servers that do not run yet. */
function clusterOf(layout: Layout, services: 'hdfs' | 'hbase', progress: (line: string) => void): Cluster {
  const namenode = nameNode(layout, 0, progress);
  const namenodes = layout.highlyAvailable ? [namenode, nameNode(layout, 1, progress)] : [namenode];
  const datanodes = [dataNode(layout, 0, progress), dataNode(layout, 1, progress)] as const;
  const hbase = services === 'hbase' ? hbaseOf(layout, progress) : undefined;
  let active: 0 | 1 = 0;
  const makeActive = async (index: 0 | 1): Promise<void> => {
    const other = index === 0 ? 1 : 0;
    if (namenodes[other]?.pid() !== undefined) await haAdmin(layout, 'transitionToStandby', other);
    await haAdmin(layout, 'transitionToActive', index);
    active = index;
  };
  const servers = [
    ...namenodes,
    ...datanodes,
    ...(hbase ? [hbase.zookeeper, hbase.master, ...hbase.regionServers, ...hbase.rest] : []),
  ];
  return {
    folder: layout.folder,
    ports: layout.ports,
    namenodes,
    namenode,
    datanodes,
    hbase,
    webhdfs: namenodes.map(({ url }) => `${url}/webhdfs/v1`),
    rest: hbase?.rest.map(({ url }) => url) ?? [],
    admin: {
      ...hdfsAdmin(() => namenodes[active]?.url ?? namenode.url),
      makeActive,
      hbase: (...args) => hbaseAdmin(layout, args),
    },
    servers,
    stop: async () => {
      const both = <T extends Server>(list: readonly T[]): Promise<unknown> =>
        Promise.all(list.map((each) => each.stop()));
      if (hbase) {
        await both(hbase.rest);
        await both([hbase.master, ...hbase.regionServers]);
        await hbase.zookeeper.stop();
      }
      await both(datanodes);
      await both(namenodes);
    },
  };
}

function hbaseOf(layout: Layout, progress: (line: string) => void): HBaseServers {
  const first = regionServer(layout, 0, progress);
  return {
    zookeeper: zooKeeper(layout, progress),
    master: master(layout, progress),
    regionServers: layout.regionServers === 2 ? [first, regionServer(layout, 1, progress)] : [first],
    regionServer: first,
    rest: [restServer(layout, 0, progress), restServer(layout, 1, progress)],
  };
}

/** Side by side what does not need each other, or waits for what it needs. */
async function startAll(cluster: Cluster): Promise<void> {
  const { hbase } = cluster;
  await Promise.all([startHdfs(cluster), hbase?.zookeeper.start()]);
  if (hbase) await Promise.all([hbase.master, ...hbase.regionServers, ...hbase.rest].map((each) => each.start()));
}

async function startHdfs({ namenodes, datanodes, admin }: Cluster): Promise<void> {
  // The second NameNode begins with a copy of what the first one formatted; a NameNode serves when DataNodes are there.
  const inTurn = async (): Promise<void> => {
    for (const each of namenodes) await each.start();
    if (namenodes.length > 1) await admin.makeActive(0);
  };
  await Promise.all([inTurn(), ...datanodes.map((each) => each.start())]);
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
