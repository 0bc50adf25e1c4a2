import { execFile } from 'node:child_process';
import { existsSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { mlflowVersion } from '../../../backend/manifest/index.ts';

const run = promisify(execFile);
const ownVenv = fileURLToPath(new URL(`../../../.stack/mlflow-${mlflowVersion}`, import.meta.url));

/**
 * The folder of a Python virtual environment that holds MLflow as PyPI has it, made at the first use (about a minute).
 * KIRKA_MLFLOW_VENV names one that is there already.
 *
 * @throws where python3 is missing or the package cannot be fetched
 */
export async function mlflowEnvironment(): Promise<string> {
  const given = process.env.KIRKA_MLFLOW_VENV;
  if (given !== undefined) return given;
  if (existsSync(`${ownVenv}/bin/mlflow`)) return ownVenv;
  console.log(`installing mlflow ${mlflowVersion} into ${ownVenv}`);
  await run('python3', ['-m', 'venv', ownVenv]);
  await run(`${ownVenv}/bin/pip`, ['install', '--quiet', '--disable-pip-version-check', `mlflow==${mlflowVersion}`]);
  return ownVenv;
}

/** What every MLflow process of ours gets: no telemetry, no jobs, and no proxy between it and loopback. */
export const quietMlflow = {
  MLFLOW_DISABLE_TELEMETRY: 'true',
  DO_NOT_TRACK: 'true',
  // Its server would start six processes more, for jobs that nobody asks for.
  MLFLOW_SERVER_ENABLE_JOB_EXECUTION: 'false',
  NO_PROXY: '127.0.0.1,localhost',
};
