#!/usr/bin/env node
import { Option, program } from 'commander';
import type { GenerateFlags } from './commands/generate.ts';
import { service } from '../backend/manifest/index.ts';
import { settingOptions } from './setting-options.ts';

program.name('kirka').description("MLflow's REST API behind Apache Knox.").version(service.version);

const serve = program.command('serve').description('start the backend alone');
for (const option of settingOptions()) serve.addOption(option);
serve.action(async (flags: Record<string, string | undefined>) => {
  const command = await import('./commands/serve.ts');
  await command.serve(flags, process.env);
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

await program.parseAsync();
