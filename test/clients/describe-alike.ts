import { randomBytes } from 'node:crypto';
import { fileURLToPath } from 'node:url';
import { expect } from 'chai';
import { mlflowEnvironment, mlflowReleases } from '../stack/mlflow/environment.ts';
import { startMlflowServer } from '../stack/mlflow/server.ts';
import { alike } from './alike.ts';
import { dayOnTheCommandLine } from './command-line.ts';
import { javaClients, javaProgram, runJava } from './java.ts';
import { lastJson, runClient } from './program.ts';
import type { Finished } from './program.ts';
import { variablesFor } from './target.ts';
import type { ClientTarget } from './target.ts';

const steps = (finished: Finished): Steps => lastJson(finished) as Steps;
const day = fileURLToPath(new URL('./scripts/day.py', import.meta.url));

/** What a program saw, by step. */
type Steps = Readonly<Record<string, unknown>>;

/**
 * Defines that MLflow's clients, old and new, see in a target what they see in MLflow's own server: each program is run with
 * both, asserts on its way what it relies on, and has to print the same.
 */
export function describeAlike(name: string, open: () => Promise<ClientTarget>): void {
  describe(`MLflow's clients, alike with ${name} and with MLflow's own server`, function () {
    // The first run installs three releases of MLflow.
    this.timeout(1_800_000);
    const experiment = `day ${randomBytes(4).toString('hex')}`;
    const opened: ClientTarget[] = [];
    let target: ClientTarget;
    let oracle: ClientTarget;

    before(async () => {
      opened.push((target = await open()));
      const { url, stop } = await startMlflowServer();
      // Whoever signs in, to this server it is nobody; but clients write the name of the user into their runs.
      opened.push((oracle = { url, close: stop, ...(target.account && { account: target.account }) }));
    });
    after(() => Promise.all(opened.map((server) => server.close())));

    for (const release of mlflowReleases) {
      it(`in a day in Python, with mlflow ${release}`, async () => {
        const venv = await mlflowEnvironment(release);
        await seenInBoth(async (server) =>
          steps(await runClient(venv, variablesFor(server), 'python', day, `${experiment} ${release}`)),
        );
      });
    }

    for (const client of javaClients) {
      it(`in a day in Java, with mlflow-client ${client}`, async () => {
        const program = { jars: await javaProgram(), client, python: `${await mlflowEnvironment()}/bin/python` };
        await seenInBoth(async (server) => {
          const run = { ...program, variables: variablesFor(server), caFile: server.caFile };
          return alike(steps(await runJava(run, `${experiment} ${client}`)));
        });
      });
    }

    it('in a day on the command line', async () => {
      const venv = await mlflowEnvironment();
      const commands = await seenInBoth(async (server) => {
        const list = await dayOnTheCommandLine(venv, variablesFor(server), `${experiment} commands`);
        return alike(Object.fromEntries(list.entries()));
      });
      const refused = Object.values(commands).filter(({ code }) => code !== 0);
      expect(refused.map(({ command }) => command.split(' ').slice(0, 2).join(' '))).to.deep.equal([
        'experiments create',
        'runs describe',
        'runs create',
      ]);
    });

    /** Runs a client with both servers, side by side. @returns what it saw, the same in both */
    async function seenInBoth<T extends Steps>(run: (server: ClientTarget) => Promise<T>): Promise<T> {
      const [seen, expected] = await Promise.all([run(target), run(oracle)]);
      // Step by step: a difference in the whole would be too long to be shown.
      for (const [step, value] of Object.entries(expected)) expect(seen[step], step).to.deep.equal(value);
      expect(Object.keys(seen)).to.deep.equal(Object.keys(expected));
      return seen;
    }
  });
}
