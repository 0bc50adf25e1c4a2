import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, openSync, readFileSync, rmSync } from 'node:fs';
import { createServer } from 'node:net';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { mlflowEnvironment, quietMlflow } from './environment.ts';

export interface MlflowServer {
  readonly url: string;
  /** Stops it and removes its data. */
  stop(): Promise<void>;
}

const startTimeout = 600_000;

/** Starts MLflow's real server on a free loopback port, from an empty store, with proxied artifacts. */
export async function startMlflowServer(): Promise<MlflowServer> {
  const venv = await mlflowEnvironment();
  const data = mkdtempSync(join(tmpdir(), 'mlflow-'));
  const log = join(data, 'server.log');
  const port = await freePort();
  const url = `http://127.0.0.1:${String(port)}`;
  const output = openSync(log, 'w');
  const child = spawn(
    `${venv}/bin/mlflow`,
    [
      ...['server', '--host', '127.0.0.1', '--port', String(port), '--workers', '1'],
      ...['--backend-store-uri', `sqlite:///${data}/mlflow.db`],
      ...['--artifacts-destination', `${data}/artifacts`, '--serve-artifacts'],
    ],
    { cwd: data, env: { ...process.env, ...quietMlflow }, stdio: ['ignore', output, output], detached: true },
  );
  const end = (signal: NodeJS.Signals): boolean => {
    if (child.exitCode !== null || child.signalCode !== null || child.pid === undefined) return false;
    return process.kill(-child.pid, signal); // its group: the server runs in a worker of its own
  };
  const abandon = (): void => {
    end('SIGKILL');
    rmSync(data, { recursive: true, force: true });
  };
  // Whatever way this process ends, the server does not stay behind.
  process.once('exit', abandon);
  const stop = async (): Promise<void> => {
    process.off('exit', abandon);
    const ended = once(child, 'exit');
    if (end('SIGTERM')) await ended;
    rmSync(data, { recursive: true, force: true });
  };
  const deadline = Date.now() + startTimeout;
  while (!(await answers(url))) {
    if (child.exitCode !== null || Date.now() > deadline) {
      const text = readFileSync(log, 'utf8');
      await stop();
      throw new Error(`MLflow's server did not start:\n${text}`);
    }
    await sleep(200);
  }
  return { url, stop };
}

async function answers(url: string): Promise<boolean> {
  try {
    return (await fetch(`${url}/health`)).ok;
  } catch {
    return false;
  }
}

async function freePort(): Promise<number> {
  const server = createServer().listen(0, '127.0.0.1');
  await once(server, 'listening');
  const { port } = server.address() as AddressInfo;
  server.close();
  await once(server, 'close');
  return port;
}
