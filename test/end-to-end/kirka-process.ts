import { spawn } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';

const kirka = fileURLToPath(new URL('../../dist/bin/kirka.js', import.meta.url));

/** The built command in a process of its own. */
export interface KirkaProcess {
  /** The first address that it prints; rejects where it ends before. */
  readonly url: Promise<string>;
  readonly exit: Promise<number | null>;
  /** What it wrote to stdout and stderr so far. */
  readonly output: () => string;
  readonly errors: () => string;
  readonly signal: (signal: NodeJS.Signals) => void;
  readonly kill: () => Promise<unknown>;
}

export const runKirka = (...args: string[]): KirkaProcess => runKirkaIn(process.cwd(), ...args);

/** Runs it in a folder, so that what its flags name by default is there. */
export function runKirkaIn(cwd: string, ...args: string[]): KirkaProcess {
  const child = spawn(process.execPath, [kirka, ...args], {
    cwd,
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  let output = '';
  let errors = '';
  child.stderr.setEncoding('utf8').on('data', (chunk: string) => (errors += chunk));
  const exit = new Promise<number | null>((resolve) => child.once('close', resolve));
  const url = new Promise<string>((resolve, reject) => {
    child.stdout.setEncoding('utf8').on('data', (chunk: string) => {
      output += chunk;
      const found = /https?:\/\/\S+/.exec(output);
      if (found) resolve(found[0]);
    });
    child.once('close', () => reject(new Error(`kirka ended before it listened: ${errors}`)));
  });
  // Who waits for the end only must not fail over the address.
  url.catch(() => undefined);
  return {
    url,
    exit,
    output: () => output,
    errors: () => errors,
    signal: (signal) => void child.kill(signal),
    kill: () => {
      child.kill('SIGKILL');
      return exit;
    },
  };
}

export function temporaryFolder(): { readonly path: string; readonly remove: () => void } {
  const path = mkdtempSync(join(tmpdir(), 'kirka-'));
  return { path, remove: () => rmSync(path, { recursive: true, force: true }) };
}
