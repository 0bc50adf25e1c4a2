import { execFile } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { quietMlflow } from '../stack/mlflow/environment.ts';

/** Where a client finds the server and as whom, as MLflow's own variables say it. */
export type ClientVariables = Readonly<Record<`MLFLOW_${string}`, string>>;

export interface Finished {
  readonly code: number;
  readonly stdout: string;
  readonly stderr: string;
}

const patience = 180_000;

/** Runs a command of the MLflow environment (`python`, `mlflow`) to its end, in an empty folder. */
export function runClient(
  venv: string,
  variables: ClientVariables,
  command: string,
  ...args: readonly string[]
): Promise<Finished> {
  const folder = mkdtempSync(join(tmpdir(), 'mlflow-client-'));
  const { PATH = '' } = process.env;
  const env = { PATH, HOME: folder, LC_ALL: 'C.UTF-8', ...quietMlflow, ...variables };
  return new Promise((resolve, reject) => {
    execFile(join(venv, 'bin', command), args, { cwd: folder, env, timeout: patience }, (error, stdout, stderr) => {
      rmSync(folder, { recursive: true, force: true });
      if (error && typeof error.code !== 'number')
        reject(new Error(`${command} ended by ${String(error.signal)}: ${stderr}`));
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
