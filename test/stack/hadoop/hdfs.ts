import { cpSync, existsSync, mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { beanOf } from './ask.ts';
import { runJava } from './java.ts';
import type { Program } from './java.ts';
import { client, dataOf, logOf, nameservice, writeConfiguration } from './layout.ts';
import type { Layout } from './layout.ts';
import type { ServerSpec } from './server.ts';
import { coreSite, hdfsSite, users } from './sites.ts';

type Progress = (line: string) => void;
const loopback = (port: number): string => `http://127.0.0.1:${String(port)}`;

/** A NameNode: the only one, or nn1 or nn2 of two. An only one serves when it has left its safe mode, for which it waits for DataNodes. */
export function nameNode(layout: Layout, index: 0 | 1, progress: Progress): ServerSpec {
  const name = layout.highlyAvailable ? `namenode-${String(index + 1)}` : 'namenode';
  const { http, rpc } = layout.ports.namenodes[index];
  const folder = dataOf(layout, name);
  const own = {
    'dfs.namenode.name.dir': `file://${folder}`,
    ...(layout.highlyAvailable ? { 'dfs.ha.namenode.id': `nn${String(index + 1)}` } : {}),
  };
  const conf = writeConfiguration(layout, name, { core: coreSite(layout), hdfs: hdfsSite(layout, own) });
  const main = 'org.apache.hadoop.hdfs.server.namenode.NameNode';
  const program: Program = { main, args: [], conf, heap: 256, user: users.hdfs };
  const prepare = async (): Promise<void> => {
    if (existsSync(join(folder, 'current/VERSION'))) return;
    progress(`${name}: formatting`);
    mkdirSync(folder, { recursive: true });
    if (index === 0) await runJava({ ...program, args: ['-format', '-nonInteractive'] });
    // What -bootstrapStandby fetches from the first one, by hand: it would need that one to run.
    else cpSync(dataOf(layout, 'namenode-1'), folder, { recursive: true });
  };
  const ready = async (): Promise<boolean> => {
    const status = await beanOf(loopback(http), 'Hadoop:service=NameNode,name=NameNodeStatus');
    if (layout.highlyAvailable) return status?.['State'] === 'active' || status?.['State'] === 'standby';
    const info = await beanOf(loopback(http), 'Hadoop:service=NameNode,name=NameNodeInfo');
    return status?.['State'] === 'active' && info?.['Safemode'] === '';
  };
  return {
    name,
    port: http,
    ports: [http, rpc],
    program,
    logFile: logOf(layout, name),
    ready,
    prepare,
    progress,
  };
}

/** A DataNode. It serves when a NameNode has registered it. */
export function dataNode(layout: Layout, index: 0 | 1, progress: Progress): ServerSpec {
  const name = `datanode-${String(index + 1)}`;
  const { http, transfer, ipc } = layout.ports.datanodes[index];
  const folder = dataOf(layout, name);
  mkdirSync(folder, { recursive: true });
  const own = {
    'dfs.datanode.data.dir': `file://${folder}`,
    'dfs.datanode.address': `127.0.0.1:${String(transfer)}`,
    'dfs.datanode.http.address': `127.0.0.1:${String(http)}`,
    'dfs.datanode.ipc.address': `127.0.0.1:${String(ipc)}`,
    'dfs.datanode.hostname': 'localhost',
  };
  const conf = writeConfiguration(layout, name, { core: coreSite(layout), hdfs: hdfsSite(layout, own) });
  const main = 'org.apache.hadoop.hdfs.server.datanode.DataNode';
  const program: Program = { main, args: [], conf, heap: 192, optimised: true, user: users.hdfs };
  const ready = async (): Promise<boolean> => {
    const info = await beanOf(loopback(http), 'Hadoop:service=DataNode,name=DataNodeInfo');
    const actors = JSON.parse(String(info?.['BPServiceActorInfo'] ?? '[]')) as readonly { ActorState?: string }[];
    return actors.some(({ ActorState }) => ActorState === 'RUNNING');
  };
  const ports = [http, transfer, ipc];
  return { name, port: http, ports, program, logFile: logOf(layout, name), ready, progress };
}

/** `hdfs dfs <args>` and `hdfs dfsadmin <args>`. @returns what it printed */
export async function hdfsCommand(
  layout: Layout,
  command: 'dfs' | 'dfsadmin',
  args: readonly string[],
  user: string,
): Promise<string> {
  const conf = writeConfiguration(layout, client, { core: coreSite(layout), hdfs: hdfsSite(layout) });
  const main = command === 'dfs' ? 'org.apache.hadoop.fs.FsShell' : 'org.apache.hadoop.hdfs.tools.DFSAdmin';
  return runJava({ main, args, conf, heap: 96, user });
}

/** Makes nn1 or nn2 the active one, or tells it to stand by, as an administrator does. */
export async function haAdmin(
  layout: Layout,
  command: 'transitionToActive' | 'transitionToStandby',
  index: 0 | 1,
): Promise<void> {
  const conf = writeConfiguration(layout, client, { core: coreSite(layout), hdfs: hdfsSite(layout) });
  const main = 'org.apache.hadoop.hdfs.tools.DFSHAAdmin';
  // By force: else it asks the other one first, which may be dead.
  const force = command === 'transitionToActive' ? ['--forceactive'] : [];
  const args = ['-ns', nameservice, `-${command}`, ...force, `nn${String(index + 1)}`];
  await runJava({ main, args, conf, heap: 64, user: users.hdfs });
}
