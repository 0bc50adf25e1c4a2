import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { runClient } from './program.ts';
import type { ClientVariables } from './program.ts';

/** What one command printed, and how it ended. */
export interface Command {
  readonly command: string;
  readonly code: number;
  readonly printed: unknown;
  /** The error that it wrote to stderr, where it failed. */
  readonly failure?: string;
}

/** A day on MLflow's command line. @returns every command with what it printed, in order */
export async function dayOnTheCommandLine(venv: string, variables: ClientVariables, name: string): Promise<Command[]> {
  const folder = mkdtempSync(join(tmpdir(), 'mlflow-commands-'));
  const seen: Command[] = [];
  const plain = (text: string): string =>
    text.replaceAll(folder, '<folder>').replaceAll(variables.MLFLOW_TRACKING_URI ?? '', '<server>');
  const mlflow = async (...args: readonly string[]): Promise<string> => {
    const { code, stdout, stderr } = await runClient(venv, variables, 'mlflow', ...args);
    const failure = code === 0 ? {} : { failure: plain(/^mlflow\.exceptions\..*/m.exec(stderr)?.[0] ?? stderr) };
    const printed = args[1] === 'csv' ? table(stdout) : withoutJson(plain(stdout));
    seen.push({ command: plain(args.join(' ')), code, printed, ...failure });
    return stdout;
  };
  try {
    const file = join(folder, 'größe & co.bin');
    const bytes = Buffer.from(Array.from({ length: 100_000 }, (_, index) => index % 251));
    writeFileSync(file, bytes);
    mkdirSync(join(folder, 'tree/deep'), { recursive: true });
    writeFileSync(join(folder, 'tree/deep/two.txt'), '22');

    const experiment =
      /with id (\d+)/.exec(await mlflow('experiments', 'create', '--experiment-name', name))?.[1] ?? '';
    await mlflow('experiments', 'create', '--experiment-name', name);
    const created = await mlflow(
      'runs',
      'create',
      '--experiment-id',
      experiment,
      '--run-name',
      'first',
      '--tags',
      'a=b',
    );
    const run = /[0-9a-f]{32}/.exec(created)?.[0] ?? '';
    await mlflow('artifacts', 'log-artifact', '--run-id', run, '--local-file', file, '--artifact-path', 'deep/er');
    await mlflow('artifacts', 'log-artifacts', '--run-id', run, '--local-dir', join(folder, 'tree'));
    await mlflow('artifacts', 'list', '--run-id', run, '--artifact-path', 'deep');
    const down = join(folder, 'down');
    mkdirSync(down);
    await mlflow('artifacts', 'download', '--run-id', run, '--artifact-path', 'deep', '--dst-path', down);
    if (!readFileSync(join(down, 'deep/er/größe & co.bin')).equals(bytes)) throw new Error('other bytes came back');
    await mlflow('runs', 'describe', '--run-id', run);
    await mlflow('runs', 'describe', '--run-id', '0'.repeat(32));
    await mlflow('runs', 'delete', '--run-id', run);
    await mlflow('runs', 'list', '--experiment-id', experiment, '--view', 'deleted_only');
    await mlflow('runs', 'restore', '--run-id', run);
    await mlflow('experiments', 'csv', '--experiment-id', experiment);
    await mlflow('experiments', 'rename', '--experiment-id', experiment, '--new-name', `${name} renamed`);
    await mlflow('experiments', 'delete', '--experiment-id', experiment);
    await mlflow('runs', 'create', '--experiment-id', experiment);
    await mlflow('experiments', 'restore', '--experiment-id', experiment);
    await mlflow('experiments', 'get', '--experiment-id', experiment, '--output', 'json');
    return seen;
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

/** A text that ends with JSON as what stands before it and the JSON's value, in which the order of keys means nothing. */
function withoutJson(text: string): unknown {
  const start = /^[[{]/m.exec(text)?.index;
  return start === undefined ? text : [text.slice(0, start), JSON.parse(text.slice(start))];
}

/** CSV without quotes, by column: tags come in any order. */
function table(csv: string): Record<string, readonly string[]> {
  const [header = [], ...rows] = csv
    .trim()
    .split('\n')
    .map((line) => line.split(','));
  return Object.fromEntries(header.map((column, index) => [column, rows.map((row) => row[index] ?? '')]));
}
