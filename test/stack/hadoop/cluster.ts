import type { HdfsAdmin } from './admin.ts';
import { hdfsAdmin } from './admin.ts';
import { beanOf } from './ask.ts';
import { hbaseAdmin, master, regionServer, restServer, zooKeeper } from './hbase.ts';
import { dataNode, haAdmin, hdfsCommand, nameNode } from './hdfs.ts';
import type { Layout } from './layout.ts';
import type { MakeServer, Server } from './server.ts';

/** The handles of a cluster, each server in its own process. */
export interface Cluster {
  readonly layout: Layout;
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
  readonly admin: ClusterAdmin;
  /** Every server, in the order of their start. */
  readonly servers: readonly Server[];
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

/** What its administrators do. */
export interface ClusterAdmin extends HdfsAdmin {
  /** Makes this NameNode the active one, and the other one stand by where it answers. */
  readonly makeActive: (index: 0 | 1) => Promise<void>;
  /** `hdfs dfs` or `hdfs dfsadmin`, as a user. @returns what it printed */
  readonly hdfs: (user: string, command: 'dfs' | 'dfsadmin', ...args: readonly string[]) => Promise<string>;
  /** A command of HBaseAdmin.java, such as `split`, table, key. @returns what it printed */
  readonly hbase: (...args: readonly string[]) => Promise<string>;
}

/** The handles on a cluster of this layout, whether its servers run or not. */
export function clusterOf(layout: Layout, make: MakeServer, progress: (line: string) => void): Cluster {
  const namenode = make(nameNode(layout, 0, progress));
  const namenodes = layout.highlyAvailable ? [namenode, make(nameNode(layout, 1, progress))] : [namenode];
  const datanodes = [make(dataNode(layout, 0, progress)), make(dataNode(layout, 1, progress))] as const;
  const hbase = layout.services === 'hbase' ? hbaseOf(layout, make, progress) : undefined;
  return {
    layout,
    namenodes,
    namenode,
    datanodes,
    hbase,
    webhdfs: namenodes.map(({ url }) => `${url}/webhdfs/v1`),
    rest: hbase?.rest.map(({ url }) => url) ?? [],
    admin: {
      ...hdfsAdmin(() => activeOf(namenodes)),
      makeActive: async (index) => {
        const other = index === 0 ? 1 : 0;
        const url = namenodes[other]?.url;
        if (url !== undefined && (await stateOf(url)) === 'active') await haAdmin(layout, 'transitionToStandby', other);
        await haAdmin(layout, 'transitionToActive', index);
      },
      hdfs: (user, command, ...args) => hdfsCommand(layout, command, args, user),
      hbase: (...args) => hbaseAdmin(layout, args),
    },
    servers: [
      ...namenodes,
      ...datanodes,
      ...(hbase ? [hbase.zookeeper, hbase.master, ...hbase.regionServers, ...hbase.rest] : []),
    ],
  };
}

function hbaseOf(layout: Layout, make: MakeServer, progress: (line: string) => void): HBaseServers {
  const first = make(regionServer(layout, 0, progress));
  return {
    zookeeper: make(zooKeeper(layout, progress)),
    master: make(master(layout, progress)),
    regionServers: layout.regionServers === 2 ? [first, make(regionServer(layout, 1, progress))] : [first],
    regionServer: first,
    rest: [make(restServer(layout, 0, progress)), make(restServer(layout, 1, progress))],
  };
}

const stateOf = async (url: string): Promise<unknown> =>
  (await beanOf(url, 'Hadoop:service=NameNode,name=NameNodeStatus'))?.['State'];

async function activeOf(namenodes: readonly Server[]): Promise<string> {
  for (const { url } of namenodes) if ((await stateOf(url)) === 'active') return url;
  throw new Error('no NameNode is active');
}
