import { spawn } from 'node:child_process';
import type { ChildProcess } from 'node:child_process';
import { closeSync, openSync, readFileSync } from 'node:fs';
import { setTimeout as sleep } from 'node:timers/promises';

/** A server of the stack that runs as a child process, with what it prints going to a file. */
export interface Child {
  readonly pid: number;
  readonly logFile: string;
  /** Whether it is still running. */
  readonly alive: () => boolean;
  /** SIGTERM, and SIGKILL where it does not end within `patience`. */
  readonly stop: () => Promise<void>;
  /** SIGKILL, as a crash; settles when it is gone. */
  readonly kill: () => Promise<void>;
  /** Any other signal, such as SIGSTOP. */
  readonly signal: (signal: NodeJS.Signals) => void;
}

/** How a child is started. */
export interface ChildOptions {
  readonly logFile: string;
  readonly cwd: string;
  /** Over our own environment. */
  readonly env?: Readonly<Record<string, string>>;
  /** Milliseconds that it has for its end; ten seconds if absent. */
  readonly patience?: number;
}

const running = new Set<ChildProcess>();
// Whatever way this process ends, nothing that it started stays behind.
process.on('exit', () => {
  for (const child of running) child.kill('SIGKILL');
});

let ownGroups = false;

/** From now on Ctrl-C reaches only us, and we stop in order what we started; but who kills our group leaves orphans. */
export function keepCtrlCFromChildren(): void {
  ownGroups = true;
}

/** Starts a server whose output goes to a file. */
export function startChild(command: string, args: readonly string[], options: ChildOptions): Child {
  const { logFile, cwd, patience = 10_000 } = options;
  const log = openSync(logFile, 'w');
  const env = { ...process.env, ...options.env };
  const child = spawn(command, args, { cwd, env, stdio: ['ignore', log, log], detached: ownGroups });
  closeSync(log);
  const { pid } = child;
  if (pid === undefined) throw new Error(`cannot start ${command}`);
  running.add(child);
  const ended = new Promise<void>((resolve) => {
    child.once('exit', () => {
      running.delete(child);
      resolve();
    });
  });
  const alive = (): boolean => running.has(child);
  return {
    pid,
    logFile,
    alive,
    stop: async () => {
      if (!alive()) return;
      child.kill('SIGTERM');
      await Promise.race([ended, sleep(patience, undefined, { ref: false })]);
      if (alive()) child.kill('SIGKILL');
      await ended;
    },
    kill: async () => {
      if (alive()) child.kill('SIGKILL');
      await ended;
    },
    signal: (signal) => {
      child.kill(signal);
    },
  };
}

/**
 * Polls until `ready` says so, telling on the way.
 * @throws Error with the end of the log where the server ends before, or takes too long
 */
export async function waitUntilReady(
  child: Child,
  what: string,
  ready: () => Promise<boolean>,
  options: { timeout: number; progress: (line: string) => void },
): Promise<void> {
  const start = Date.now();
  let told = start;
  while (!(await ready())) {
    const seconds = Math.round((Date.now() - start) / 1000);
    if (!child.alive()) throw new Error(`${what} ended while starting; ${child.logFile}:\n${tail(child.logFile)}`);
    if (Date.now() - start > options.timeout) {
      throw new Error(`${what} is not ready after ${String(seconds)} s; ${child.logFile}:\n${tail(child.logFile)}`);
    }
    if (Date.now() - told > 5000) {
      told = Date.now();
      options.progress(`${what}: still starting after ${String(seconds)} s`);
    }
    await sleep(100);
  }
  options.progress(`${what}: ready after ${((Date.now() - start) / 1000).toFixed(1)} s`);
}

const tail = (file: string): string => readFileSync(file, 'utf8').split('\n').slice(-15).join('\n');
