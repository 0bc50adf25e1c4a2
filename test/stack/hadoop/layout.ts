import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { ClusterPorts } from './ports.ts';

/** Hadoop's properties, as they stand in a *-site.xml. */
export type Properties = Readonly<Record<string, string | number | boolean>>;

/** What every site file of a cluster follows from. */
export interface Layout {
  /** Absolute; holds data, configuration and logs of the cluster. */
  readonly folder: string;
  readonly ports: ClusterPorts;
  /** HDFS alone, or HBase on it. */
  readonly services: 'hdfs' | 'hbase';
  readonly highlyAvailable: boolean;
  readonly regionServers: 1 | 2;
  /** Properties over ours, by the file they stand in. */
  readonly sites: { readonly core?: Properties; readonly hdfs?: Properties; readonly hbase?: Properties };
}

/** Name of the nameservice where there are two NameNodes. */
export const nameservice = 'kirka-hdfs';

/** The file system's address. */
export const defaultFs = ({ highlyAvailable, ports }: Layout): string =>
  highlyAvailable ? `hdfs://${nameservice}` : `hdfs://127.0.0.1:${String(ports.namenodes[0].rpc)}`;

/** What each server keeps, and what it says: `<folder>/data/<server>`, `<folder>/logs/<server>.log`. */
export const dataOf = ({ folder }: Layout, server: string): string => join(folder, 'data', server);
export const logOf = ({ folder }: Layout, server: string): string => join(folder, 'logs', `${server}.log`);

/** Writes properties as Hadoop reads them. */
export const writeProperties = (file: string, properties: Properties): void => {
  writeFileSync(file, xml(properties));
};

const xml = (properties: Properties): string =>
  `<?xml version="1.0"?>\n<configuration>\n${Object.entries(properties)
    .map(([name, value]) => `  <property><name>${name}</name><value>${escape(String(value))}</value></property>\n`)
    .join('')}</configuration>\n`;

const escape = (text: string): string => text.replaceAll('&', '&amp;').replaceAll('<', '&lt;');

// Lines that come with every block or edit would fill the disk in a long run.
const logging = `log4j.rootLogger=INFO,A
log4j.appender.A=org.apache.log4j.ConsoleAppender
log4j.appender.A.layout=org.apache.log4j.PatternLayout
log4j.appender.A.layout.ConversionPattern=%d{ISO8601} %-5p %c{1}: %m%n
log4j.logger.org.apache.hadoop.hdfs.StateChange=WARN
log4j.logger.BlockStateChange=WARN
log4j.logger.org.apache.hadoop.hdfs.server.datanode.DataNode.clienttrace=WARN
log4j.logger.org.apache.hadoop.hdfs.server.datanode.DataNode=WARN
log4j.logger.org.apache.hadoop.hdfs.server.namenode.FSNamesystem.audit=WARN
log4j.logger.datanode.webhdfs=WARN
`;

/** Name of the configuration of administrators' commands. */
export const client = 'client';

/** Writes a server's configuration folder. @returns the folder, to stand first in the class path */
export function writeConfiguration(
  { folder }: Layout,
  server: string,
  sites: { readonly core: Properties; readonly hdfs: Properties; readonly hbase?: Properties },
): string {
  const conf = join(folder, 'conf', server);
  // The Maven modules lack the web pages that the release has; the servers want the folders.
  for (const page of [
    'webapps/hdfs',
    'webapps/datanode',
    'webapps/static',
    'hbase-webapps/rest',
    'hbase-webapps/static',
  ]) {
    mkdirSync(join(conf, page), { recursive: true });
  }
  for (const [name, properties] of Object.entries(sites)) writeProperties(join(conf, `${name}-site.xml`), properties);
  // What an administrator's command prints is its answer alone.
  writeFileSync(join(conf, 'log4j.properties'), server === client ? logging.replace('INFO,A', 'ERROR,A') : logging);
  return conf;
}
