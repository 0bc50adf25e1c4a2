import { rmSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { program } from 'commander';
import { runUntilStopped } from '../../../bin/run-until-stopped.ts';
import { keepCtrlCFromChildren } from '../child.ts';
import type { Child } from '../child.ts';
import { writeAddresses } from './addresses.ts';
import { instructions } from './instructions.ts';
import { startKirkaOn } from './kirka.ts';
import { startWhole } from './start.ts';

/** `npm run cluster`: HDFS, HBase, Knox and Kirka, each server in its own process, until Ctrl-C. */
interface Flags {
  readonly folder: string;
  readonly port: string;
  readonly hdfsOnly?: true;
  readonly ha?: true;
  readonly regionServers: string;
  readonly knox: boolean;
  readonly kirka: boolean;
}

const progress = (line: string): void => {
  process.stdout.write(`${line}\n`);
};

program
  .name('npm run cluster --')
  .description('HDFS and HBase on loopback, each server in its own process, with real Knox, and Kirka on them.')
  .option('--folder <folder>', 'data, configuration, logs and addresses; kept over restarts', '.stack/cluster')
  .option('--port <number>', 'the first of some fifty ports', '21000')
  .option('--hdfs-only', 'no HBase')
  .option('--ha', 'a second NameNode, standing by')
  .option('--region-servers <number>', '1 or 2', '1')
  .option('--no-knox', 'neither Knox, nor its LDAP, nor Kirka')
  .option('--no-kirka', 'no backend behind Knox')
  .argument('[flags...]', 'further flags of kirka serve, behind another --');

const flags = program.parse().opts<Flags>();

keepCtrlCFromChildren();
const abort = (): void => {
  process.exit(130);
};
process.on('SIGINT', abort).on('SIGTERM', abort);
await runUntilStopped(async () => {
  const folder = resolve(flags.folder);
  const file = join(folder, 'cluster.json');
  const { cluster, gateway, stop } = await startWhole({
    folder,
    basePort: Number(flags.port),
    services: flags.hdfsOnly ? 'hdfs' : 'hbase',
    highlyAvailable: flags.ha ?? false,
    regionServers: flags.regionServers === '2' ? 2 : 1,
    knox: flags.knox,
    progress,
  });
  let kirka: Child | undefined;
  const close = async (): Promise<void> => {
    rmSync(file, { force: true });
    await kirka?.stop();
    await stop();
  };
  try {
    if (gateway && flags.kirka) {
      kirka = await startKirkaOn(cluster, gateway.addresses, { flags: program.args, progress });
    }
    await writeAddresses(file, cluster, gateway?.addresses);
  } catch (error) {
    await close();
    throw error;
  }
  process.stdout.write(instructions(file, cluster, kirka && gateway?.addresses));
  process.off('SIGINT', abort).off('SIGTERM', abort);
  return { close };
});
