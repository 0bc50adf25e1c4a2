import { execFile } from 'node:child_process';
import { randomBytes } from 'node:crypto';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { expect } from 'chai';
import { startBackendProcess } from '../../support/backend-process.ts';
import type { BackendProcess } from '../../support/backend-process.ts';
import { watchMemory } from '../../support/memory.ts';
import type { MemoryWatch } from '../../support/memory.ts';
import { MlflowApi } from '../../support/mlflow-api.ts';
import { cluster } from './hooks.ts';

const kirka = fileURLToPath(new URL('../../../dist/bin/kirka.js', import.meta.url));

/** What the backend may take, whatever happens (RssAnon, bytes). */
const memoryLimit = 300 * 2 ** 20;

/** A backend on the cluster, in a process of its own. */
export interface ClusterBackend extends BackendProcess {
  readonly api: MlflowApi;
}

/** Tables and a folder of its own on the cluster, and the backends that serve them. */
export interface Installation {
  /** What the names of the tables begin with. */
  readonly tablePrefix: string;
  /** The folder of the artifacts in HDFS. */
  readonly root: string;
  readonly flags: readonly string[];
  /** What `kirka store init` printed. */
  readonly printed: string;
  /** Starts one more backend on it, on a free port where none is given, with further flags. */
  readonly start: (options?: { readonly port?: number; readonly flags?: readonly string[] }) => Promise<ClusterBackend>;
  /** Ends the backends, and holds them to the memory that they may take. */
  readonly dispose: () => Promise<void>;
}

/** Makes the tables, as an administrator does. */
export async function install(): Promise<Installation> {
  const name = `t${randomBytes(4).toString('hex')}`;
  const { rest, webhdfs } = cluster();
  const root = `/kirka/${name}`;
  const hbase = ['--hbase', rest.join(','), '--hbase-table-prefix', name];
  const flags = [...hbase, '--webhdfs', webhdfs.join(','), '--webhdfs-root', root, '--webhdfs-user', 'kirka'];
  const { stdout } = await promisify(execFile)(process.execPath, [kirka, 'store', 'init', ...hbase]);
  const data = mkdtempSync(join(tmpdir(), 'kirka-cluster-'));
  const backends: BackendProcess[] = [];
  const watches: MemoryWatch[] = [];
  return {
    tablePrefix: name,
    root,
    flags,
    printed: stdout,
    start: async ({ port = 0, flags: further = [] } = {}) => {
      const backend = await startBackendProcess({ data, port, flags: [...flags, ...further] });
      backends.push(backend);
      watches.push(await watchMemory(backend.pid));
      return { ...backend, api: new MlflowApi(backend.url) };
    },
    dispose: async () => {
      const seen = await Promise.allSettled(watches.map((watch) => watch.end()));
      await Promise.all(backends.map((backend) => backend.kill('SIGTERM')));
      rmSync(data, { recursive: true, force: true });
      for (const each of seen) {
        if (each.status === 'rejected') throw each.reason;
        expect(each.value.peak, 'RssAnon of a backend at its most').to.be.below(memoryLimit);
      }
    },
  };
}
