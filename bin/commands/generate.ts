import { join } from 'node:path';
import { check } from '../../rewrite-generator/check/index.ts';
import { defaultOptions, emit } from '../../rewrite-generator/emit/index.ts';
import { readFiles, writeFiles } from '../../rewrite-generator/files.ts';
import { packageRoot } from '../package-root.ts';

/** Flags of `kirka generate`. */
export interface GenerateFlags {
  readonly check?: boolean;
  readonly out?: string;
  readonly routes?: 'exact' | 'folder';
  readonly stockDispatch?: boolean;
}

/** Writes Knox's files, or with `--check` says how the files on disk differ from what would be written. */
export async function generate(flags: GenerateFlags): Promise<void> {
  const folder = flags.out ?? join(packageRoot(), 'knox-service');
  const files = emit({
    grouping: flags.routes ?? defaultOptions.grouping,
    dispatch: flags.stockDispatch ? 'stock' : defaultOptions.dispatch,
  });
  if (!flags.check) {
    await writeFiles(folder, files);
    process.stdout.write(`${[...files.keys()].map((path) => `${join(folder, path)}\n`).join('')}`);
    return;
  }
  const differences = check(files, await readFiles(folder, files.keys()));
  if (differences.length === 0) return;
  process.stderr.write(`${differences.join('\n')}\nRun "npm run generate" and commit what it writes.\n`);
  process.exitCode = 1;
}
