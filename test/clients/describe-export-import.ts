import { randomBytes } from 'node:crypto';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { expect } from 'chai';
import { exportImportEnvironment } from '../stack/mlflow/environment.ts';
import { startMlflowServer } from '../stack/mlflow/server.ts';
import { alike } from './alike.ts';
import { lastJson, runClient } from './program.ts';
import type { ClientVariables, Finished } from './program.ts';
import { variablesFor } from './target.ts';
import type { ClientTarget } from './target.ts';

const script = (name: string): string => fileURLToPath(new URL(`./scripts/export_import_${name}.py`, import.meta.url));

/** What experiments and models hold, by their names. */
interface Seen {
  readonly experiments: Readonly<Record<string, Readonly<Record<string, object>>>>;
  readonly models: Readonly<Record<string, object>>;
}

/** A server with what the tool did there. */
interface Exchanged {
  readonly ended: Readonly<Record<string, number>>;
  readonly asked: unknown;
  readonly exported: unknown;
  readonly seen: Seen;
}

/**
 * Defines that mlflow-export-import exports from a target and imports into it as with MLflow's own server. It signs in and
 * trusts as Python's `requests` does, and sends the parameters of its own reads as the JSON body of a GET.
 */
export function describeExportImport(name: string, open: () => Promise<ClientTarget>): void {
  describe(`mlflow-export-import with ${name}, and with MLflow's own server`, function () {
    // The first run installs it, with MLflow.
    this.timeout(1_800_000);
    const source = `exchange ${randomBytes(4).toString('hex')}`;
    const opened: ClientTarget[] = [];
    let here: Exchanged;
    let there: Exchanged;

    before(async () => {
      const venv = await exportImportEnvironment();
      const target = await open();
      opened.push(target);
      const { url, stop } = await startMlflowServer();
      const oracle = { url, close: stop, ...(target.account && { account: target.account }) };
      opened.push(oracle);
      [here, there] = await Promise.all([exchange(venv, target, source), exchange(venv, oracle, source)]);
    });
    after(() => Promise.all(opened.map((server) => server.close())));

    it('does the same', () => {
      expect(here.ended).to.deep.equal(there.ended);
      const failed = Object.entries(here.ended).filter(([, code]) => code !== 0);
      // Of a version whose files a server keeps the tool looks for them on the client's own disk.
      expect(failed.map(([command]) => command)).to.deep.equal(['import-model, of files at the server']);
    });

    it('reads by GET with a JSON body, and gets what it asked for', () => {
      expect(here.asked).to.have.nested.property('registered_model.name', `${source} model`);
      expect(alike(here.asked)).to.deep.equal(alike(there.asked));
    });

    it('exports the same', () => {
      expect(here.exported).to.deep.equal(there.exported);
    });

    it('imports the same: runs with their histories, parents and files, and models with their versions', () => {
      const { experiments, models } = here.seen;
      expect(experiments[`${source} imported`]).to.deep.equal(experiments[source]);
      expect(experiments[`${source} shared imported`]?.['outer']).to.deep.equal(experiments[source]?.['outer']);
      expect(models[`${source} shared model imported`]).to.deep.equal(models[`${source} shared model`]);
      expect(here.seen).to.deep.equal(there.seen);
    });
  });
}

/** Seeds a server, exports and imports there, and looks. */
async function exchange(venv: string, server: ClientTarget, source: string): Promise<Exchanged> {
  const folder = mkdtempSync(join(tmpdir(), 'mlflow-export-import-'));
  try {
    const variables = { ...variablesFor(server), ...requestsVariables(server, folder) };
    const run = (command: string, ...args: readonly string[]): Promise<Finished> =>
      runClient(venv, variables, command, ...args);
    const ended: Record<string, number> = {};
    const tool = async (what: string, ...args: readonly string[]): Promise<void> => {
      const { code } = await run(what.split(',')[0] ?? '', ...args);
      ended[what] = code;
    };
    const [all, model, shared] = ['all', 'model', 'shared'].map((each) => join(folder, each)) as [
      string,
      string,
      string,
    ];
    const seeded = await run('python', script('seed'), source, folder);
    if (seeded.code !== 0) throw new Error(seeded.stderr);
    const client = ['-m', 'mlflow_export_import.common.http_client', '--resource', 'registered-models/get'];
    const asked = printed(await run('python', ...client, '--params', JSON.stringify({ name: `${source} model` })));
    await tool('export-experiment', '--experiment', source, '--output-dir', join(folder, 'experiment'));
    await tool('export-model', '--model', `${source} model`, '--output-dir', model);
    await tool('export-model, of files at the client', '--model', `${source} shared model`, '--output-dir', shared);
    await tool('export-models', '--models', `${source} model,${source} shared model`, '--output-dir', all);
    const into = (experiment: string): string[] => ['--experiment-name', experiment];
    await tool('import-experiment', '--input-dir', join(folder, 'experiment'), ...into(`${source} imported`));
    await tool(
      'import-model, of files at the server',
      ...['--input-dir', model, '--model', `${source} model imported`, ...into(`${source} not imported`)],
    );
    await tool(
      'import-model, of files at the client',
      ...['--input-dir', shared, '--model', `${source} shared model imported`, ...into(`${source} shared imported`)],
    );
    const experiments = [source, `${source} imported`, `${source} shared`, `${source} shared imported`];
    const models = [`${source} model`, `${source} shared model`, `${source} shared model imported`];
    const seen = await run('python', script('seen'), '-e', ...experiments, '-m', ...models);
    const exported = [`${model}/model.json`, `${shared}/model.json`, `${all}/models/models.json`].map((file) =>
      exportedIn(readFileSync(file, 'utf8').replaceAll(folder, '<folder>')),
    );
    return { ended, asked, exported, seen: lastJson(seen) as Seen };
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

function printed({ code, stdout, stderr }: Finished): unknown {
  if (code !== 0) throw new Error(stderr);
  return JSON.parse(stdout);
}

/** What a file of the tool's says of the server, without of the machine and the time it was written at. */
function exportedIn(text: string): unknown {
  const { info, mlflow } = JSON.parse(text) as { info: object; mlflow: object };
  return alike({ info: { ...info, duration: 0 }, mlflow });
}

/** It does not read the account of MLflow's variables, and writes the address that it is given into what it exports. */
function requestsVariables(
  { url, account, caFile }: ClientTarget,
  folder: string,
): Pick<ClientVariables, 'NETRC' | 'REQUESTS_CA_BUNDLE'> {
  const netrc = join(folder, 'netrc');
  const { user = '', password = '' } = account ?? {};
  writeFileSync(netrc, `machine ${new URL(url).hostname} login ${user} password ${password}\n`, { mode: 0o600 });
  return { NETRC: netrc, ...(caFile !== undefined && { REQUESTS_CA_BUNDLE: caFile }) };
}
