/** HDFS and HBase with real Knox before them. */
export { readAddresses } from './addresses.ts';
export type { Addresses } from './addresses.ts';
export type { GatewayAddresses } from './gateway.ts';
export { startWhole } from './start.ts';
export type { WholeCluster } from './start.ts';
