import { execFile } from 'node:child_process';
import { createHash } from 'node:crypto';
import { existsSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { mlflowVersion } from '../../../backend/manifest/index.ts';

const run = promisify(execFile);
const fromHere = (path: string): string => fileURLToPath(new URL(path, import.meta.url));

/** The releases of MLflow that are run here, the oldest first; the last is that of the oracle. */
export const mlflowReleases = ['2.10.2', '2.22.5', mlflowVersion] as const;
export type MlflowRelease = (typeof mlflowReleases)[number];

const underWay = new Map<string, Promise<string>>();

/**
 * The folder of a Python virtual environment that holds a release of MLflow and what `requirements/<release>.txt` says
 * beside it, as PyPI has them. Made at the first use (one to two minutes), and again where the requirements change.
 * KIRKA_MLFLOW_VENV names one of the oracle's release that is there already.
 *
 * @throws where python3 is missing or a package cannot be fetched
 */
export function mlflowEnvironment(release: MlflowRelease = mlflowVersion): Promise<string> {
  const given = process.env.KIRKA_MLFLOW_VENV;
  return given !== undefined && release === mlflowVersion ? Promise.resolve(given) : once(release);
}

/**
 * The same for mlflow-export-import: in one of its own, for there it changes a header of every client.
 *
 * @throws as {@link mlflowEnvironment}
 */
export const exportImportEnvironment = (): Promise<string> => once('export-import');

function once(name: string): Promise<string> {
  const promise = underWay.get(name) ?? environment(name);
  underWay.set(name, promise);
  return promise;
}

async function environment(name: string): Promise<string> {
  const requirements = fromHere(`requirements/${name}.txt`);
  const hash = createHash('sha256').update(readFileSync(requirements)).digest('hex').slice(0, 8);
  const venv = fromHere(`../../../.stack/mlflow-${name}-${hash}`);
  // Written last: an installation that was ended on its way is begun anew.
  const whole = `${venv}/installed`;
  if (existsSync(whole)) return venv;
  console.log(`installing mlflow ${name} into ${venv}`);
  rmSync(venv, { recursive: true, force: true });
  await run('python3', ['-m', 'venv', venv]);
  await run(`${venv}/bin/pip`, ['install', '--quiet', '--disable-pip-version-check', '--requirement', requirements]);
  writeFileSync(whole, '');
  return venv;
}

/** What every MLflow process of ours gets: no telemetry, no jobs, and no proxy between it and loopback. */
export const quietMlflow = {
  MLFLOW_DISABLE_TELEMETRY: 'true',
  DO_NOT_TRACK: 'true',
  // Its server would start six processes more, for jobs that nobody asks for.
  MLFLOW_SERVER_ENABLE_JOB_EXECUTION: 'false',
  NO_PROXY: '127.0.0.1,localhost',
};
