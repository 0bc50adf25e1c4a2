/** Real HDFS 3.4.1 and HBase 2.6.1 from Maven Central, each server in a process of its own. */
export { startCluster } from './cluster.ts';
export type { Cluster, ClusterOptions, HBaseServers } from './cluster.ts';
export type { HdfsAdmin } from './admin.ts';
export { portsFrom } from './ports.ts';
export type { ClusterPorts } from './ports.ts';
export type { Server } from './server.ts';
export { users } from './sites.ts';
