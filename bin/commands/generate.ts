import { join } from 'node:path';
import { check } from '../../rewrite-generator/check/index.ts';
import { defaultOptions, definitionFolder, emit } from '../../rewrite-generator/emit/index.ts';
import { readFiles, writeFiles } from '../../rewrite-generator/files.ts';
import type { Files } from '../../rewrite-generator/files.ts';
import { validate } from '../../rewrite-generator/validate/index.ts';
import { service } from '../../backend/manifest/index.ts';
import { explainStart, refuse } from '../explain-start.ts';
import { packageRoot } from '../package-root.ts';

/** Flags of `kirka generate`. */
export interface GenerateFlags {
  readonly check?: boolean;
  readonly out?: string;
  readonly routes?: 'exact' | 'folder';
  readonly stockDispatch?: boolean;
}

/**
 * Writes Knox's files, or with `--check` says how the files on disk differ from what would be written, and what is wrong
 * with them.
 */
export async function generate(flags: GenerateFlags): Promise<void> {
  const folder = flags.out ?? join(packageRoot(), 'knox-service');
  const files = emit({
    grouping: flags.routes ?? defaultOptions.grouping,
    dispatch: flags.stockDispatch ? 'stock' : defaultOptions.dispatch,
  });
  if (!flags.check) {
    try {
      await writeFiles(folder, files);
    } catch (error) {
      refuse(explainStart(error));
      return;
    }
    process.stdout.write([...files.keys()].map((path) => `${join(folder, path)}\n`).join(''));
    return;
  }
  const committed = await readFiles(folder, files.keys());
  const differences = await check(files, committed);
  const problems = await problemsOf(committed);
  if (differences.length + problems.length === 0) return;
  process.stderr.write([...differences, ...problems, ''].join('\n'));
  if (differences.length > 0) process.stderr.write('Run "npm run generate" and commit what it writes.\n');
  process.exitCode = 1;
}

async function problemsOf(files: Files): Promise<readonly string[]> {
  const text = (name: string): string => files.get(`${definitionFolder}/${name}`) ?? '';
  return validate(text('service.xml'), text('rewrite.xml'));
}

/** `kirka validate`: says what is wrong with the service definition in a folder, without a Knox. */
export async function validateFolder(folder: string): Promise<void> {
  const files = await readFiles(folder, ['service.xml', 'rewrite.xml']);
  if (!files.has('service.xml')) {
    refuse(`there is no service.xml in ${folder}; it is in a folder such as knox-service/kirka/${service.version}.`);
    return;
  }
  const problems = await validate(files.get('service.xml') ?? '', files.get('rewrite.xml') ?? '');
  if (problems.length === 0) {
    process.stdout.write(`Nothing is wrong with the service definition in ${folder}.\n`);
    return;
  }
  process.stderr.write(`${problems.join('\n')}\n`);
  process.exitCode = 1;
}
