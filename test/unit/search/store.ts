import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Run } from '../../../backend/entities/run.ts';
import type { Store } from '../../../backend/stores/contract/index.ts';
import { openLmdbStore } from '../../../backend/stores/lmdb/index.ts';

/** A store in a folder of its own, gone after the tests. */
export async function temporaryStore(): Promise<{ readonly store: Store; readonly remove: () => Promise<void> }> {
  const folder = await mkdtemp(join(tmpdir(), 'kirka-search-'));
  const store = await openLmdbStore({ path: folder, artifactRoot: 'mlflow-artifacts:' });
  return {
    store,
    remove: async () => {
      await store.close();
      await rm(folder, { recursive: true });
    },
  };
}

/** What a test says of a run. Its id follows from experiment and name, so that ids of one experiment sort as names. */
export interface Sketch {
  readonly name: string;
  readonly experimentId?: string;
  readonly start?: number | bigint;
  readonly end?: number;
  readonly status?: Run['info']['status'];
  readonly stage?: 'active' | 'deleted';
  readonly epoch?: number;
  readonly metrics?: Readonly<Record<string, number>>;
  readonly params?: Readonly<Record<string, string>>;
  readonly tags?: Readonly<Record<string, string>>;
}

export const runIdOf = (experimentId: string, name: string): string =>
  experimentId.padStart(6, '0') + Buffer.from(name).toString('hex').padEnd(26, '0');

export function sketched({ name, experimentId = '0', stage = 'active', epoch = 0, ...rest }: Sketch): Run {
  const { start = 0, end, status = 'RUNNING', metrics = {}, params = {}, tags = {} } = rest;
  const runId = runIdOf(experimentId, name);
  return {
    info: {
      ...{ runId, experimentId, runName: name, userId: 'sam', status, startTime: start, endTime: end },
      artifactUri: `mlflow-artifacts:/${experimentId}/${runId}/artifacts`,
      lifecycle: { stage, epoch, changedAt: 0 },
    },
    params: new Map(Object.entries(params)),
    tags: new Map(Object.entries({ 'mlflow.runName': name, ...tags })),
    metrics: new Map(
      Object.entries(metrics).map(([key, value]) => [key, { key, value, timestamp: 0, step: 0 }] as const),
    ),
  };
}
