import { program } from 'commander';
import { runUntilStopped } from '../../../bin/run-until-stopped.ts';
import { keepCtrlCFromChildren } from '../child.ts';
import { demoUsers, passwordOf, pythonSnippet, shippedTopology, startKirka, startKnox, startLdap } from './index.ts';

/** `npm run knox`: real Knox with its demo LDAP and Kirka behind it, until Ctrl-C. */
interface Flags {
  readonly port: string;
  readonly ldapPort: string;
  readonly backendPort: string;
  readonly backend?: string[];
  readonly data: string;
}

const progress = (line: string): void => {
  process.stdout.write(`${line}\n`);
};

program
  .name('npm run knox --')
  .description('Apache Knox 2.0.0 with its demo LDAP on loopback, and Kirka behind it.')
  .option('--port <number>', "Knox's port", '8443')
  .option('--ldap-port <number>', 'port of the demo LDAP', '33389')
  .option('--backend-port <number>', "port of Kirka's backend", '5080')
  .option('--backend <url...>', 'use these backends and start none; two or more make a highly available service')
  .option('--data <folder>', "the backend's data folder", './kirka-data');

const flags = program.parse().opts<Flags>();

keepCtrlCFromChildren();
const abort = (): void => {
  process.exit(130);
};
process.on('SIGINT', abort).on('SIGTERM', abort);
await runUntilStopped(async () => {
  const ldapPort = Number(flags.ldapPort);
  const backendUrls = flags.backend ?? [`http://127.0.0.1:${flags.backendPort}`];
  const shipped = backendUrls.length > 1 ? 'sandbox-ha' : 'sandbox';
  const started: { stop: () => Promise<void> }[] = [];
  const close = async (): Promise<void> => {
    await Promise.all(started.map((server) => server.stop()));
  };
  try {
    const [ldap, knox] = await Promise.all([
      startLdap(ldapPort, progress),
      startKnox({
        port: Number(flags.port),
        home: 'home',
        topologies: { sandbox: shippedTopology(shipped, { backendUrls, ldapPort }) },
        progress,
      }),
    ]);
    started.push(ldap, knox);
    const { caFile, secretFile } = knox.home;
    if (!flags.backend) {
      const port = Number(flags.backendPort);
      started.push(await startKirka({ port, dataFolder: flags.data, secretFile, progress }));
    }
    process.stdout.write(instructions(knox.serviceUrl('sandbox'), caFile, secretFile));
  } catch (error) {
    await close();
    throw error;
  }
  process.off('SIGINT', abort).off('SIGTERM', abort);
  return { close };
});

function instructions(url: string, caFile: string, secretFile: string): string {
  const [user] = demoUsers;
  return `
Knox is ready: ${url}
Users of its LDAP: ${demoUsers.map((each) => `${each} / ${passwordOf(each)}`).join(', ')}
The secret by which it proves itself to a backend: ${secretFile}

${pythonSnippet(url, caFile, user, passwordOf(user))}
Ctrl-C stops everything.
`;
}
