import { startChild, waitUntilReady } from '../child.ts';
import type { Child } from '../child.ts';
import { requireFreePort } from '../free-port.ts';
import { checkout, stackFolder } from './paths.ts';

/** What Kirka's backend behind a Knox is started with. */
export interface BackendOptions {
  readonly port: number;
  readonly dataFolder: string;
  /** The file of the secret that Knox's alias service holds. */
  readonly secretFile: string;
  /** Further flags of `kirka serve`. */
  readonly flags?: readonly string[];
  readonly progress: (line: string) => void;
}

/** Starts `kirka serve`, which believes this Knox and nobody else. */
export async function startKirka({
  port,
  dataFolder,
  secretFile,
  flags: further = [],
  progress,
}: BackendOptions): Promise<Child> {
  await requireFreePort(port, 'the backend');
  const flags = ['--port', String(port), '--data', dataFolder];
  const identity = ['--identity', 'dispatch', '--gateway-secret-file', secretFile];
  const main = ['--import', 'tsx', `${checkout}bin/kirka.ts`, 'serve'];
  const child = startChild(process.execPath, [...main, ...flags, ...identity, ...further], {
    logFile: `${stackFolder}kirka-${String(port)}.log`,
    cwd: checkout,
  });
  const health = `http://127.0.0.1:${String(port)}/health`;
  const ready = (): Promise<boolean> =>
    fetch(health).then(
      ({ ok }) => ok,
      () => false,
    );
  await waitUntilReady(child, 'Kirka', ready, { timeout: 60_000, progress });
  return child;
}
