import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { sayTo, textOf } from './ask.ts';
import { runJava } from './java.ts';
import type { Program } from './java.ts';
import { client, dataOf, logOf, writeConfiguration } from './layout.ts';
import type { Layout, Properties } from './layout.ts';
import type { ServerSpec } from './server.ts';
import { coreSite, hbaseSite, hdfsSite, users } from './sites.ts';

type Progress = (line: string) => void;

/** ZooKeeper as the release's own script starts it. */
export function zooKeeper(layout: Layout, progress: Progress): ServerSpec {
  const name = 'zookeeper';
  const port = layout.ports.zookeeper;
  const folder = dataOf(layout, name);
  mkdirSync(folder, { recursive: true });
  const conf = writeConfiguration(layout, name, { core: {}, hdfs: {} });
  const settings = {
    tickTime: 2000,
    dataDir: folder,
    clientPort: port,
    clientPortAddress: '127.0.0.1',
    maxClientCnxns: 100,
    'admin.enableServer': false,
    '4lw.commands.whitelist': 'ruok',
  };
  const file = join(conf, 'zoo.cfg');
  writeFileSync(
    file,
    Object.entries(settings)
      .map(([key, value]) => `${key}=${String(value)}\n`)
      .join(''),
  );
  const main = 'org.apache.zookeeper.server.ZooKeeperServerMain';
  const program: Program = { main, args: [file], conf, heap: 64, user: users.hbase };
  const ready = async (): Promise<boolean> => (await sayTo(port, 'ruok')) === 'imok';
  return { name, port, ports: [port], program, logFile: logOf(layout, name), ready, progress };
}

/** A process of HBase, told apart by its configuration and by how it is known to serve. */
function hbaseServer(
  layout: Layout,
  what: {
    readonly name: string;
    readonly port: number;
    readonly main: string;
    readonly own?: Properties;
    readonly heap: number;
    readonly optimised: boolean;
    readonly ready: () => Promise<boolean>;
  },
  progress: Progress,
): ServerSpec {
  const { name, port, main, own, heap, optimised, ready } = what;
  const conf = writeConfiguration(layout, name, {
    core: coreSite(layout),
    hdfs: hdfsSite(layout),
    hbase: hbaseSite(layout, own),
  });
  const program: Program = { main, args: ['start'], conf, heap, optimised, user: users.hbase };
  return { name, port, ports: [port], program, logFile: logOf(layout, name), ready, progress };
}

/** Without its web pages a server says only in its log that it serves; each start begins a new log. */
const says = (logFile: string, words: string) => (): Promise<boolean> =>
  Promise.resolve(readFileSync(logFile, 'utf8').includes(words));

/** The HBase master. */
export function master(layout: Layout, progress: Progress): ServerSpec {
  const name = 'master';
  return hbaseServer(
    layout,
    {
      name,
      port: layout.ports.master,
      main: 'org.apache.hadoop.hbase.master.HMaster',
      heap: 256,
      optimised: false,
      ready: says(logOf(layout, name), 'Master has completed initialization'),
    },
    progress,
  );
}

/** A region server, with a heap that a hundred tables fit into. */
export function regionServer(layout: Layout, index: 0 | 1, progress: Progress): ServerSpec {
  const name = `regionserver-${String(index + 1)}`;
  const port = layout.ports.regionServers[index];
  return hbaseServer(
    layout,
    {
      name,
      port,
      main: 'org.apache.hadoop.hbase.regionserver.HRegionServer',
      own: { 'hbase.regionserver.port': port },
      heap: 768,
      optimised: true,
      ready: says(logOf(layout, name), 'Serving as localhost,'),
    },
    progress,
  );
}

/** An HBase REST server. It serves when it can tell of the cluster, which it asks the master for. */
export function restServer(layout: Layout, index: 0 | 1, progress: Progress): ServerSpec {
  const name = `rest-${String(index + 1)}`;
  const port = layout.ports.rest[index];
  const status = `http://127.0.0.1:${String(port)}/status/cluster`;
  return hbaseServer(
    layout,
    {
      name,
      port,
      main: 'org.apache.hadoop.hbase.rest.RESTServer',
      own: { 'hbase.rest.port': port },
      heap: 192,
      optimised: true,
      ready: async () => (await textOf(status, { accept: 'application/json' })) !== undefined,
    },
    progress,
  );
}

/** A command of HBaseAdmin.java, such as `split <table> <key>`. @returns what it printed */
export async function hbaseAdmin(layout: Layout, args: readonly string[]): Promise<string> {
  return runJava({ main: 'HBaseAdmin', args, conf: clientConfiguration(layout), heap: 96, user: users.hbase });
}

const clientConfiguration = (layout: Layout): string =>
  writeConfiguration(layout, client, { core: coreSite(layout), hdfs: hdfsSite(layout), hbase: hbaseSite(layout) });
