import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtemp, readdir, readlink, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';

const kirka = fileURLToPath(new URL('../../bin/kirka.ts', import.meta.url));

/** `kirka serve` in a process of its own, on a free port of loopback. */
export interface BackendProcess {
  readonly url: string;
  readonly pid: number;
  /** Ends it with a signal and waits until it is gone. */
  readonly stop: (signal: NodeJS.Signals) => Promise<void>;
}

export async function startBackendProcess(data: string): Promise<BackendProcess> {
  const flags = ['--port', '0', '--data', data, '--log-level', 'silent'];
  const child = spawn(process.execPath, ['--import', 'tsx', kirka, 'serve', ...flags], {
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  const gone = once(child, 'exit');
  const url = await Promise.race([
    urlPrintedOn(child.stdout),
    gone.then(([code]) => {
      throw new Error(`kirka serve ended with ${String(code)}`);
    }),
  ]);
  return {
    url,
    pid: child.pid ?? 0,
    stop: async (signal) => {
      child.kill(signal);
      await gone;
    },
  };
}

async function urlPrintedOn(output: AsyncIterable<Buffer>): Promise<string> {
  let printed = '';
  for await (const chunk of output) {
    printed += chunk.toString();
    const url = /^kirka serve: (\S+)/m.exec(printed)?.[1];
    if (url !== undefined) return url;
  }
  throw new Error(`kirka serve printed no address: ${printed}`);
}

/** A data folder that is gone after the test. */
export async function temporaryData(): Promise<{ readonly path: string; readonly dispose: () => Promise<void> }> {
  const path = await mkdtemp(join(tmpdir(), 'kirka-data-'));
  return { path, dispose: () => rm(path, { recursive: true, force: true }) };
}

/** The files below a folder, hidden ones too, as paths from it. */
export async function filesBelow(folder: string): Promise<readonly string[]> {
  const entries = await readdir(folder, { recursive: true, withFileTypes: true });
  const files = entries.filter((entry) => entry.isFile());
  return files.map((entry) => join(entry.parentPath, entry.name).slice(folder.length + 1)).sort();
}

/** How many of a process's open files have a path that ends so (Linux). */
export async function openFiles(pid: number, ending: string): Promise<number> {
  const folder = `/proc/${String(pid)}/fd`;
  const targets = (await readdir(folder)).map((fd) => readlink(join(folder, fd)).catch(() => ''));
  return (await Promise.all(targets)).filter((target) => target.endsWith(ending)).length;
}
