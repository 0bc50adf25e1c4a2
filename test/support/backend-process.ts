import { spawn } from 'node:child_process';
import type { ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { createInterface } from 'node:readline';
import { fileURLToPath } from 'node:url';

const kirka = fileURLToPath(new URL('../../dist/bin/kirka.js', import.meta.url));

/** A backend in a process of its own, as `kirka serve` starts it from what `npm run build` built. */
export interface BackendProcess {
  readonly url: string;
  readonly pid: number;
  /** Its log so far, a line each. */
  readonly log: readonly string[];
  /** Ends it by a signal and waits until it is gone. */
  kill(signal: NodeJS.Signals): Promise<void>;
}

export interface BackendProcessOptions {
  readonly data: string;
  readonly flags?: readonly string[];
  readonly env?: Readonly<Record<string, string>>;
  /** What the port is; a free one where it is left out. */
  readonly port?: number;
}

/** Starts a backend and waits for its first log line that names a URL; rejects with the log where it ends before. */
export async function startBackendProcess(options: BackendProcessOptions): Promise<BackendProcess> {
  const { data, flags = [], env = {}, port = 0 } = options;
  const child = spawn(process.execPath, [kirka, 'serve', '--data', data, '--port', String(port), ...flags], {
    env: { ...process.env, ...env },
    stdio: ['ignore', 'ignore', 'pipe'],
  });
  const log: string[] = [];
  const url = await new Promise<string>((resolve, reject) => {
    createInterface({ input: child.stderr }).on('line', (line) => {
      log.push(line);
      const found = /"url":"([^"]+)"/.exec(line)?.[1];
      if (found) resolve(found);
    });
    child.once('error', reject);
    child.once('exit', (code) => reject(new Error(`kirka serve ended with ${code}:\n${log.join('\n')}`)));
  });
  return { url, pid: child.pid ?? 0, log, kill: (signal) => kill(child, signal) };
}

async function kill(child: ChildProcess, signal: NodeJS.Signals): Promise<void> {
  if (child.exitCode !== null || child.signalCode !== null) return;
  const gone = once(child, 'exit');
  child.kill(signal);
  await gone;
}
