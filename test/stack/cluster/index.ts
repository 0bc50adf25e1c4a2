/** HDFS and HBase with real Knox before them. */
export { attachCluster, buildHadoop, startAll, startCluster, stopAll, users } from '../hadoop/index.ts';
export type { Cluster, ClusterOptions, HBaseServers, Server, StartedCluster } from '../hadoop/index.ts';
export { readAddresses } from './addresses.ts';
export type { Addresses } from './addresses.ts';
export type { GatewayAddresses } from './gateway.ts';
export { startWhole } from './start.ts';
export type { WholeCluster } from './start.ts';
