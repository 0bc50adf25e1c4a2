import { readFileSync } from 'node:fs';
import { background } from '../../backend/call-context.ts';
import { ConfigError } from '../../backend/config/config-error.ts';
import { holdsCertificates } from '../../backend/config/content-of.ts';
import type { Typed } from '../../backend/config/read-settings.ts';
import { openSource } from '../../backend/mlflow-server/index.ts';
import type { TrackingServer } from '../../backend/mlflow-server/index.ts';
import { importFrom } from '../../backend/services/import/import.ts';
import type { ImportResult } from '../../backend/services/import/import.ts';
import type { Progress } from '../../backend/services/import/job.ts';
import { explainStart, refuse } from '../explain-start.ts';
import { openKept } from '../open-kept.ts';

/** Flags of `kirka import`, besides those that say where things are kept. */
export type ImportFlags = Typed & { readonly from: string };

/** How often it says how far it is; ms. */
const tellEvery = 2000;

/** `kirka import`: exit code 1 where something could not be imported, or is not as at the source. */
export async function importFromServer({ from, ...flags }: ImportFlags, environment: Typed): Promise<void> {
  try {
    const source = openSource(serverOf(from, environment));
    try {
      const stores = await openKept(flags, environment, false);
      try {
        report(await importFrom(background, source, stores, { tell: teller() }));
      } finally {
        await stores.close();
      }
    } finally {
      await source.close();
    }
  } catch (error) {
    refuse(explainStart(error));
  }
}

/** Who calls, by the variables of MLflow's own client: no secret on the command line, where others can read it. */
function serverOf(url: string, environment: Typed): TrackingServer {
  const {
    MLFLOW_TRACKING_USERNAME: user,
    MLFLOW_TRACKING_PASSWORD: password,
    MLFLOW_TRACKING_TOKEN: token,
  } = environment;
  const certificate = environment['MLFLOW_TRACKING_SERVER_CERT_PATH'];
  const address = URL.canParse(url) ? new URL(url) : undefined;
  if (address === undefined || !/^https?:$/.test(address.protocol)) {
    throw new ConfigError(
      '--from takes the http or https address of a running MLflow server. What lies in a folder or a database is read ' +
        'through "mlflow server", started on it.',
    );
  }
  if (address.username || address.password) {
    throw new ConfigError(
      '--from takes no user or password: set MLFLOW_TRACKING_USERNAME and MLFLOW_TRACKING_PASSWORD, or MLFLOW_TRACKING_TOKEN.',
    );
  }
  if (user && !password) throw new ConfigError('MLFLOW_TRACKING_USERNAME needs MLFLOW_TRACKING_PASSWORD.');
  return {
    url,
    ...(user && password
      ? { credentials: { scheme: 'basic', user, password } }
      : token && { credentials: { scheme: 'bearer', token } }),
    ...(certificate && { ca: readCertificate(certificate) }),
  };
}

function readCertificate(path: string): string {
  try {
    const content = readFileSync(path, 'utf8');
    if (holdsCertificates(content)) return content;
  } catch {
    throw new ConfigError(`MLFLOW_TRACKING_SERVER_CERT_PATH: ${path} cannot be read.`);
  }
  throw new ConfigError(`MLFLOW_TRACKING_SERVER_CERT_PATH: ${path} holds no certificate in PEM.`);
}

function teller(): (progress: Readonly<Progress>) => void {
  let last = performance.now();
  let phase = '';
  return (progress) => {
    if (performance.now() - last < tellEvery && progress.phase === phase) return;
    last = performance.now();
    phase = progress.phase;
    process.stderr.write(`${phase}: ${counted(progress)}\n`);
  };
}

const counted = (progress: Readonly<Progress>): string =>
  `${String(progress.experiments)} experiments, ${String(progress.runs)} of ${String(progress.runsInAll)} runs, ` +
  `${String(progress.points)} new points of metrics, ${String(progress.loggedModels)} logged models, ` +
  `${String(progress.registeredModels)} registered models with ${String(progress.versions)} versions, ` +
  `${String(progress.files)} new files (${String(progress.bytes)} bytes); ${String(progress.complete)} were complete before`;

function report({ progress, problems, notices }: ImportResult): void {
  for (const notice of notices) process.stderr.write(`note: ${notice}\n`);
  if (problems.length === 0) {
    process.stdout.write(`Imported, and compared with the source: ${counted(progress)}.\n`);
    return;
  }
  process.stdout.write(`${problems.join('\n')}\n`);
  refuse(`${String(problems.length)} things are not as at the source; they are listed on stdout.`);
}
