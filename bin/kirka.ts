#!/usr/bin/env node
import { Option, program } from 'commander';
import type { GcFlags } from './commands/gc.ts';
import type { GenerateFlags } from './commands/generate.ts';
import type { ImportFlags } from './commands/import.ts';
import type { StartFlags } from './commands/start.ts';
import type { StoreInitFlags } from './commands/store-init.ts';
import type { UsersFlags } from './commands/users.ts';
import { browserSettings } from '../backend/config/browser-settings.ts';
import { service } from '../backend/manifest/index.ts';
import { storesSetting } from './stores-setting.ts';
import { settingOptions } from './setting-options.ts';

// A reader that has gone, such as `| head`, ends what is shown, not the work.
for (const stream of [process.stdout, process.stderr]) {
  stream.on('error', (error: NodeJS.ErrnoException) => {
    if (error.code !== 'EPIPE') throw error;
  });
}

program.name('kirka').description("MLflow's REST API behind Apache Knox.").version(service.version);

const start = program
  .command('start')
  .description('start the backend and the local gateway before it')
  .option('--port <number>', 'port of the gateway; 0 takes a free one', '8443')
  .option('--data <folder>', 'where experiments, runs and artifacts are kept', './kirka-data')
  .option('--topology <name>', 'serve /gateway/<name>/kirka', 'sandbox')
  .option('--users <file>', 'who may sign in (see "kirka users"), instead of the demo users')
  .option('--tls', 'listen with TLS, by a certificate of its own that is kept in the data folder')
  .option('--tls-cert <file>', 'listen with TLS, by this certificate (PEM)')
  .option('--tls-key <file>', 'the key of that certificate (PEM)')
  .option('--host <address>', 'address of the gateway; off loopback it needs --users and TLS', '127.0.0.1')
  .option('--log-level <level>', 'silent, error, warn, info (writes and who did them) or debug', 'warn');
for (const option of settingOptions((name) => name in browserSettings)) start.addOption(option);
start.action(async (flags: StartFlags) => {
  const command = await import('./commands/start.ts');
  await command.start(flags, process.env);
});

const serve = program.command('serve').description('start the backend alone');
for (const option of settingOptions()) serve.addOption(option);
serve.action(async (flags: Record<string, string | undefined>) => {
  const command = await import('./commands/serve.ts');
  await command.serve(flags, process.env);
});

const store = program.command('store').description('what metadata is kept in, where that is HBase');

const storeInit = store
  .command('init')
  .description('make the tables in HBase that are missing; says what it does, and drops or alters nothing')
  .option('--dry-run', 'only say what would be done')
  .option(
    '--compression <name>',
    'compression of new tables that the region servers have: NONE, GZ, SNAPPY, ...',
    'NONE',
  );
for (const option of settingOptions((name) => /^(hbase|kerberos)/.test(name))) storeInit.addOption(option);
storeInit.action(async (flags: StoreInitFlags) => {
  const command = await import('./commands/store-init.ts');
  await command.storeInit(flags, process.env);
});

const gc = program
  .command('gc')
  .description(
    'remove deleted runs, logged models and experiments for good, with their artifacts; without --apply only say so',
  )
  .option('--apply', 'remove them; it may be broken off at any time, and the next one goes on')
  .option('--older-than <age>', "what was deleted so long ago: '30d', '2d8h5m20s', '0s'", '30d')
  .option('--run-ids <ids>', 'these runs alone; separated by commas')
  .option('--experiment-ids <ids>', 'these experiments alone, with all that is in them; separated by commas')
  .option('--logged-model-ids <ids>', 'these logged models alone; separated by commas');
for (const option of settingOptions(storesSetting)) gc.addOption(option);
gc.action(async (flags: GcFlags) => {
  const command = await import('./commands/gc.ts');
  await command.gc(flags, process.env);
});

const imports = program
  .command('import')
  .description('copy everything from a running MLflow server, with ids, times and artifacts, and compare it at the end')
  .requiredOption(
    '--from <uri>',
    'its tracking URI; who calls is said by MLFLOW_TRACKING_USERNAME and _PASSWORD, or MLFLOW_TRACKING_TOKEN',
  );
for (const option of settingOptions(storesSetting)) imports.addOption(option);
imports.action(async (flags: ImportFlags) => {
  const command = await import('./commands/import.ts');
  await command.importFromServer(flags, process.env);
});

const users = program.command('users').description('the users file of the local gateway');
const usersFile = new Option('--file <file>', 'the users file').default('./kirka-data/users.json');

users
  .command('set <name>')
  .description('add a user, or change the password; it is read from the terminal or from standard input')
  .addOption(usersFile)
  .option('--groups <names>', 'separated by commas')
  .action(async (name: string, flags: UsersFlags) => {
    const command = await import('./commands/users.ts');
    await command.setUser(name, flags);
  });

users
  .command('remove <name>')
  .description('remove a user')
  .addOption(usersFile)
  .action(async (name: string, flags: UsersFlags) => {
    const command = await import('./commands/users.ts');
    await command.removeUser(name, flags);
  });

users
  .command('list')
  .description('list the users and their groups')
  .addOption(usersFile)
  .action(async (flags: UsersFlags) => {
    const command = await import('./commands/users.ts');
    await command.listUsers(flags);
  });

program
  .command('generate')
  .description("write Knox's service definition, topologies and descriptor from the manifest")
  .option('--check', 'write nothing; fail where a file differs from what would be written')
  .option('--out <folder>', 'instead of knox-service')
  .option('--stock-dispatch', "use Knox's own dispatch, for a Knox without the plugin")
  .addOption(new Option('--routes <grouping>', 'one Knox route a path, or one a folder').choices(['exact', 'folder']))
  .action(async (flags: GenerateFlags) => {
    const command = await import('./commands/generate.ts');
    await command.generate(flags);
  });

program
  .command('validate <folder>')
  .description('say what is wrong with the service definition in a folder, without a Knox')
  .action(async (folder: string) => {
    const command = await import('./commands/generate.ts');
    await command.validateFolder(folder);
  });

await program.parseAsync();
