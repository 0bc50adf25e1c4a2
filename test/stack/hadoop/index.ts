/** Real HDFS 3.4.1 and HBase 2.6.1 from Maven Central, each server in a process of its own. */
export { attachCluster } from './attach.ts';
export { buildHadoop } from './build.ts';
export { serveControl } from './control.ts';
export type { Cluster, ClusterAdmin, HBaseServers } from './cluster.ts';
export type { HdfsAdmin } from './admin.ts';
export { portsFrom } from './ports.ts';
export type { Layout } from './layout.ts';
export type { ClusterPorts } from './ports.ts';
export type { Server } from './server.ts';
export { startAll, startCluster, stopAll } from './start.ts';
export type { ClusterOptions, StartedCluster } from './start.ts';
export { users } from './sites.ts';
