import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { text } from 'node:stream/consumers';
import type { ArtifactStore } from '../../../../backend/artifacts/contract.ts';
import { openLocalArtifactStore } from '../../../../backend/artifacts/local/index.ts';
import { parseArtifactPath } from '../../../../backend/artifacts/path.ts';
import { background } from '../../../../backend/call-context.ts';
import { createServices } from '../../../../backend/create-services.ts';
import type { Services } from '../../../../backend/create-services.ts';
import { versionNumbers } from '../../../../backend/entities/registered-model.ts';
import { importFrom } from '../../../../backend/services/import/import.ts';
import type { ImportResult } from '../../../../backend/services/import/import.ts';
import type { ImportSource } from '../../../../backend/services/import/source.ts';
import { wholeRun } from '../../../../backend/stores/contract/index.ts';
import type { Store } from '../../../../backend/stores/contract/index.ts';
import { openLmdbStore } from '../../../../backend/stores/lmdb/index.ts';
import { initialisedHBase, openInMemory } from '../../../support/hbase-in-memory.ts';
import { Killed, killing } from '../killing.ts';

export const engines: Readonly<Record<string, (folder: string) => Promise<Store>>> = {
  LMDB: (folder) => openLmdbStore({ path: join(folder, 'store'), artifactRoot: 'mlflow-artifacts:' }),
  'HBase in memory': async () => openInMemory(await initialisedHBase()),
};

/** An empty Kirka that is imported into. */
export interface Target {
  readonly store: Store;
  readonly artifacts: ArtifactStore;
  readonly services: Services;
  /** @param isKilled as of `killing` */
  readonly importFrom: (source: ImportSource, isKilled?: (call: string) => boolean) => Promise<ImportResult>;
  /** As `importFrom`, where nothing may be changed. */
  readonly importNothing: (source: ImportSource) => Promise<ImportResult>;
  /** All that it holds but for the records of imports, as JSON. */
  readonly snapshot: () => Promise<unknown>;
  readonly remove: () => Promise<void>;
}

export async function openTarget(open: (folder: string) => Promise<Store>): Promise<Target> {
  const folder = mkdtempSync(join(tmpdir(), 'kirka-import-'));
  const store = await open(folder);
  const artifacts = await openLocalArtifactStore({ root: join(folder, 'artifacts') });
  const into = (source: ImportSource, isKilled: (call: string) => boolean): Promise<ImportResult> => {
    const parts = { store: killing(store, isKilled), artifacts: killing(artifacts, isKilled) };
    return importFrom(background, source, parts, { now: 1000 });
  };
  return {
    ...{ store, artifacts, services: createServices(store, artifacts) },
    importFrom: (source, isKilled = () => false) => into(source, isKilled),
    importNothing: (source) =>
      into(source, () => true).catch((error: unknown) => {
        throw error instanceof Killed ? new Error('something was to be changed', { cause: error }) : error;
      }),
    snapshot: () => snapshotOf(store, artifacts),
    async remove() {
      await Promise.all([store.close(), artifacts.close()]);
      rmSync(folder, { recursive: true, force: true });
    },
  };
}

async function snapshotOf(store: Store, artifacts: ArtifactStore): Promise<unknown> {
  const experiments = await all(store.experiments.scan(background));
  const experimentIds = experiments.map(({ experimentId }) => experimentId);
  const runs = await all(store.runs.scan(background, { experimentIds, parts: wholeRun }));
  const histories = [];
  for (const { info, metrics } of runs) {
    for (const key of metrics.keys()) {
      histories.push([info.runId, key, await store.runs.history(background, info.runId, key, { limit: Infinity })]);
    }
  }
  const whole = {
    // Experiment 0 is made by the store.
    experiments: experiments.map((one) =>
      one.experimentId === '0' ? { ...one, creationTime: 0, lastUpdateTime: 0 } : one,
    ),
    runs,
    histories,
    datasets: await all(store.datasets.scan(background, experimentIds)),
    loggedModels: await all(store.loggedModels.scan(background, { experimentIds, metrics: 'all' })),
    registered: await all(store.registeredModels.scan(background, { versions: versionNumbers })),
    files: await filesOf(artifacts),
  };
  return JSON.parse(
    JSON.stringify(whole, (key, value: unknown) =>
      value instanceof Map ? [...(value as Map<unknown, unknown>)] : key === 'changedAt' ? 0 : value,
    ),
  );
}

async function all<T>(pages: AsyncIterable<readonly T[]>): Promise<T[]> {
  const items: T[] = [];
  for await (const page of pages) items.push(...page);
  return items;
}

async function filesOf(artifacts: ArtifactStore, path = ''): Promise<Record<string, string>> {
  const files: Record<string, string> = {};
  for (const { name, isDirectory } of await artifacts.list(background, parseArtifactPath(path))) {
    const full = path === '' ? name : `${path}/${name}`;
    if (isDirectory) Object.assign(files, await filesOf(artifacts, full));
    else files[full] = await text((await artifacts.open(background, parseArtifactPath(full))).stream());
  }
  return files;
}
