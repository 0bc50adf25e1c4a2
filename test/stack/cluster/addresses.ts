import { readFileSync, writeFileSync } from 'node:fs';
import type { Cluster, Layout } from '../hadoop/index.ts';
import type { GatewayAddresses } from './gateway.ts';

/** Where a running cluster is, for people and for test runs of other processes: KIRKA_CLUSTER names a file of this. */
export interface Addresses {
  /** WebHDFS by each NameNode, up to `/v1`. */
  readonly webhdfs: readonly string[];
  /** Each HBase REST server. */
  readonly rest: readonly string[];
  /** Where Knox was started. */
  readonly gateway?: GatewayAddresses;
  /** The process that owns the servers: SIGTERM stops all of them. */
  readonly pid: number;
  /** As they were when the cluster had started. */
  readonly servers: Readonly<Record<string, { readonly url: string; readonly pid: number; readonly logFile: string }>>;
  readonly layout: Layout;
}

/** Writes the addresses of a cluster that this process has started. */
export async function writeAddresses(file: string, cluster: Cluster, gateway?: GatewayAddresses): Promise<void> {
  const servers = cluster.servers.map(async (server) => {
    const { name, url, logFile } = server;
    return [name, { url, pid: (await server.pid()) ?? 0, logFile }] as const;
  });
  const addresses: Addresses = {
    webhdfs: cluster.webhdfs,
    rest: cluster.rest,
    ...(gateway ? { gateway } : {}),
    pid: process.pid,
    servers: Object.fromEntries(await Promise.all(servers)),
    layout: cluster.layout,
  };
  writeFileSync(file, `${JSON.stringify(addresses, undefined, 2)}\n`);
}

/** @throws where the file is not there */
export const readAddresses = (file: string): Addresses => JSON.parse(readFileSync(file, 'utf8')) as Addresses;
