import { execFile } from 'node:child_process';
import { join } from 'node:path';
import { promisify } from 'node:util';
import type { Child } from '../child.ts';
import type { Cluster } from '../hadoop/index.ts';
import { users } from '../hadoop/index.ts';
import { startKirka } from '../knox/index.ts';
import { checkout } from '../knox/paths.ts';
import type { GatewayAddresses } from './gateway.ts';

export interface KirkaOptions {
  /** Further flags of `kirka serve`. */
  readonly flags: readonly string[];
  readonly progress: (line: string) => void;
}

/**
 * Kirka behind the gateway, with all that it keeps in HBase and HDFS: makes the tables that are missing, as an
 * administrator does, and starts a backend. Where no HBase was started, metadata is kept in the cluster's folder.
 */
export async function startKirkaOn(
  { rest, webhdfs, layout }: Cluster,
  { secretFile }: GatewayAddresses,
  { flags, progress }: KirkaOptions,
): Promise<Child> {
  const hbase = rest.length === 0 ? [] : ['--hbase', rest.join(',')];
  if (hbase.length > 0) {
    const { stdout } = await promisify(execFile)(
      process.execPath,
      ['--import', 'tsx', 'bin/kirka.ts', 'store', 'init', ...hbase],
      { cwd: checkout },
    );
    progress(stdout.trimEnd());
  }
  return startKirka({
    port: layout.ports.kirka[0],
    dataFolder: join(layout.folder, 'data/kirka'),
    secretFile,
    flags: [...hbase, '--webhdfs', webhdfs.join(','), '--webhdfs-user', users.kirka, ...flags],
    progress,
  });
}
