import { randomBytes } from 'node:crypto';
import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { buildHadoop } from '../hadoop/build.ts';
import { runJava } from '../hadoop/java.ts';
import type { Program } from '../hadoop/java.ts';
import { dataOf, logOf, writeConfiguration, writeProperties } from '../hadoop/layout.ts';
import type { Layout } from '../hadoop/layout.ts';
import { portsFrom } from '../hadoop/ports.ts';
import { ownServer } from '../hadoop/server.ts';
import type { Server } from '../hadoop/server.ts';
import { coreSite, hbaseSite, hdfsSite, users } from '../hadoop/sites.ts';
import { requireJava } from '../java.ts';
import { startKdc } from './kdc.ts';
import type { Kdc } from './kdc.ts';
import { secureSites, sslFiles } from './sites.ts';
import type { Realm } from './sites.ts';
import { makeTls } from './tls.ts';

export interface SecureOptions {
  /** Data, keys, configuration and logs. */
  readonly folder: string;
  readonly basePort: number;
  readonly progress: (line: string) => void;
}

/** A KDC, and HDFS and HBase that let in nobody without a ticket. */
export interface SecureCluster {
  readonly kdc: Kdc;
  /** PEM of the authority of all servers. */
  readonly ca: string;
  /** `https://localhost:<port>/webhdfs/v1` */
  readonly webhdfs: string;
  /** `https://localhost:<port>`, of the one DataNode. */
  readonly dataNode: string;
  /** Starts HBase and its REST server on this HDFS, whose superuser has made /hbase. @returns the address of REST */
  readonly startHBase: () => Promise<string>;
  readonly stop: () => Promise<void>;
}

/** Starts the KDC, a NameNode and a DataNode. */
export async function startSecureCluster({ folder, basePort, progress }: SecureOptions): Promise<SecureCluster> {
  await requireJava();
  await buildHadoop(progress);
  for (const each of ['data', 'logs', 'conf']) mkdirSync(join(folder, each), { recursive: true });
  const kdc = await startKdc(join(folder, 'kdc'), basePort + 50, progress);
  const realm = { kdc, tls: await makeTls(join(folder, 'tls')), secretFile: join(folder, 'cookie-secret') };
  writeFileSync(realm.secretFile, randomBytes(32).toString('base64'), { mode: 0o600 });
  const ports = portsFrom(basePort);
  const layout: Layout = {
    ...{ folder, ports, services: 'hbase', highlyAvailable: false, regionServers: 1 },
    sites: secureSites(realm, ports),
  };
  const started: { stop: () => Promise<void> }[] = [kdc.child];
  const stop = async (): Promise<void> => {
    for (const server of started.splice(0).reverse()) await server.stop();
  };
  const start = async (server: Server): Promise<void> => {
    started.push(server);
    await server.start();
  };
  try {
    await start(nameNode(layout, realm, progress));
    await start(dataNode(layout, realm, progress));
  } catch (error) {
    await stop();
    throw error;
  }
  return {
    kdc,
    ca: readFileSync(realm.tls.caFile, 'utf8'),
    webhdfs: `https://localhost:${String(ports.namenodes[0].http)}/webhdfs/v1`,
    dataNode: `https://localhost:${String(ports.datanodes[0].http)}`,
    startHBase: async () => {
      await start(standaloneHBase(layout, realm, progress));
      await start(restServer(layout, realm, progress));
      return `https://localhost:${String(ports.rest[0])}`;
    },
    stop,
  };
}

type Progress = SecureOptions['progress'];

function programOf(
  layout: Layout,
  realm: Realm,
  name: string,
  program: Pick<Program, 'main' | 'args' | 'heap'>,
): Program {
  const own = {
    'dfs.namenode.name.dir': `file://${dataOf(layout, name)}`,
    'dfs.datanode.data.dir': `file://${dataOf(layout, name)}`,
  };
  const sites = { core: coreSite(layout), hdfs: hdfsSite(layout, own), hbase: hbaseSite(layout) };
  const conf = writeConfiguration(layout, name, sites);
  for (const [file, properties] of Object.entries(sslFiles(realm)))
    writeProperties(join(conf, `${file}.xml`), properties);
  // With Kerberos the keytab says who it is, and the name in the environment is nothing.
  return { ...program, conf, user: users.hdfs, flags: [`-Djava.security.krb5.conf=${realm.kdc.krb5Conf}`] };
}

/** Its pages want a ticket, so its log is what says that it serves; each start begins a new one. */
const says = (layout: Layout, name: string, words: RegExp) => (): Promise<boolean> =>
  Promise.resolve(words.test(readFileSync(logOf(layout, name), 'utf8')));

function nameNode(layout: Layout, realm: Realm, progress: Progress): Server {
  const name = 'namenode';
  const main = 'org.apache.hadoop.hdfs.server.namenode.NameNode';
  const program = programOf(layout, realm, name, { main, args: [], heap: 256 });
  const { http, rpc } = layout.ports.namenodes[0];
  return ownServer({
    ...{ name, program, progress, port: http, ports: [http, rpc], logFile: logOf(layout, name) },
    prepare: async () => {
      if (existsSync(join(dataOf(layout, name), 'current/VERSION'))) return;
      await runJava({ ...program, args: ['-format', '-nonInteractive'] });
    },
    ready: says(layout, name, /NameNode RPC up at/),
  });
}

function dataNode(layout: Layout, realm: Realm, progress: Progress): Server {
  const name = 'datanode';
  const main = 'org.apache.hadoop.hdfs.server.datanode.DataNode';
  mkdirSync(dataOf(layout, name), { recursive: true });
  const { http, transfer, ipc } = layout.ports.datanodes[0];
  return ownServer({
    ...{ name, progress, port: http, ports: [http, transfer, ipc], logFile: logOf(layout, name) },
    program: programOf(layout, realm, name, { main, args: [], heap: 192 }),
    // From then on the NameNode places blocks on it.
    ready: says(layout, 'namenode', /Adding new storage ID/),
  });
}

function standaloneHBase(layout: Layout, realm: Realm, progress: Progress): Server {
  const name = 'hbase';
  const main = 'org.apache.hadoop.hbase.master.HMaster';
  const { zookeeper, master, regionServers } = layout.ports;
  return ownServer({
    ...{ name, progress, port: master, ports: [zookeeper, master, regionServers[0]], logFile: logOf(layout, name) },
    program: programOf(layout, realm, name, { main, args: ['start'], heap: 512 }),
    ready: says(layout, name, /Master has completed initialization/),
  });
}

function restServer(layout: Layout, realm: Realm, progress: Progress): Server {
  const name = 'rest';
  const main = 'org.apache.hadoop.hbase.rest.RESTServer';
  const [port] = layout.ports.rest;
  return ownServer({
    ...{ name, progress, port, ports: [port], logFile: logOf(layout, name) },
    program: programOf(layout, realm, name, { main, args: ['start'], heap: 192 }),
    ready: says(layout, name, /Started .*ServerConnector|Started @\d+ms/),
  });
}
