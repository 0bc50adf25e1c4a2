#!/usr/bin/env node
import { program } from 'commander';
import { service } from '../backend/manifest/index.ts';
import { settingOptions } from './setting-options.ts';

program.name('kirka').description("MLflow's REST API behind Apache Knox.").version(service.version);

const serve = program.command('serve').description('start the backend alone');
for (const option of settingOptions()) serve.addOption(option);
serve.action(async (flags: Record<string, string | undefined>) => {
  const command = await import('./commands/serve.ts');
  await command.serve(flags, process.env);
});

await program.parseAsync();
