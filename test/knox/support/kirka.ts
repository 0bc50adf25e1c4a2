import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { ClientTarget } from '../../clients/target.ts';
import type { Child } from '../../stack/child.ts';
import { passwordOf, startKirka } from '../../stack/knox/index.ts';
import { stack } from './hooks.ts';
import { ports } from './stack.ts';

/** `kirka serve` with an empty store of its own behind the topology `kirka`. */
export interface KirkaBehindKnox extends Child {
  /** Stops it and removes its data. */
  readonly dispose: () => Promise<void>;
}

/** One at a time: the topology has one address. */
export async function startBehindKnox(): Promise<KirkaBehindKnox> {
  const data = mkdtempSync(join(tmpdir(), 'kirka-knox-'));
  const { secretFile } = stack().knox.home;
  const backend = await startKirka({ port: ports.kirka, dataFolder: data, secretFile, progress: () => undefined });
  return {
    ...backend,
    dispose: async () => {
      await backend.stop();
      rmSync(data, { recursive: true, force: true });
    },
  };
}

/** The same for MLflow's clients, which sign in as `sam`. */
export async function clientsBehindKnox(): Promise<ClientTarget> {
  const { dispose } = await startBehindKnox();
  const { knox } = stack();
  return {
    url: knox.serviceUrl('kirka'),
    account: { user: 'sam', password: passwordOf('sam') },
    caFile: knox.home.caFile,
    close: dispose,
  };
}
