import { execFile } from 'node:child_process';
import { mkdirSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { quietMlflow } from '../stack/mlflow/environment.ts';

/** Where a client finds the server and as whom, as MLflow's own variables say it; and those of Python's `requests`. */
export type ClientVariables = Readonly<Record<`MLFLOW_${string}`, string>> & {
  /** File of users and passwords by host. */
  readonly NETRC?: string;
  /** File of the authorities to trust. */
  readonly REQUESTS_CA_BUNDLE?: string;
};

export interface Finished {
  readonly code: number;
  readonly stdout: string;
  readonly stderr: string;
}

/** Milliseconds: a day takes half a minute on a machine that does nothing else. */
const patience = 900_000;

/** Runs a command of the MLflow environment (`python`, `mlflow`) to its end, in an empty folder. */
export const runClient = (
  venv: string,
  variables: ClientVariables,
  command: string,
  ...args: readonly string[]
): Promise<Finished> => runProgram(join(venv, 'bin', command), args, variables);

/** Runs a program that is an MLflow client to its end: in an empty folder, with no environment but what it is given. */
export function runProgram(file: string, args: readonly string[], variables: ClientVariables): Promise<Finished> {
  const folder = mkdtempSync(join(tmpdir(), 'mlflow-client-'));
  const temporary = join(folder, 'tmp');
  const cwd = join(folder, 'work');
  for (const each of [temporary, cwd]) mkdirSync(each);
  const { PATH = '' } = process.env;
  const env = { PATH, HOME: folder, TMPDIR: temporary, LC_ALL: 'C.UTF-8', ...quietMlflow, ...variables };
  return new Promise((resolve, reject) => {
    execFile(file, args, { cwd, env, timeout: patience }, (error, stdout, stderr) => {
      rmSync(folder, { recursive: true, force: true });
      if (error && typeof error.code !== 'number')
        reject(new Error(`${file} ended by ${String(error.signal ?? error.code)}: ${stderr}`));
      else resolve({ code: error ? Number(error.code) : 0, stdout, stderr });
    });
  });
}

/** The JSON that a script printed as its last line. @throws with what it wrote where it failed */
export function lastJson({ code, stdout, stderr }: Finished): unknown {
  if (code !== 0) throw new Error(`exit ${String(code)}: ${stderr.slice(-3000)}`);
  const line = stdout.trim().split('\n').at(-1) ?? '';
  return JSON.parse(line);
}
