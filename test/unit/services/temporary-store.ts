import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { openLmdbStore } from '../../../backend/stores/lmdb/index.ts';
import type { Store } from '../../../backend/stores/contract/index.ts';

export interface TemporaryStore {
  readonly store: Store;
  readonly remove: () => Promise<void>;
}

/** An empty store in a folder of its own. */
export async function openTemporaryStore(): Promise<TemporaryStore> {
  const path = mkdtempSync(join(tmpdir(), 'kirka-services-'));
  const store = await openLmdbStore({ path, artifactRoot: 'mlflow-artifacts:' });
  const remove = async (): Promise<void> => {
    await store.close();
    rmSync(path, { recursive: true, force: true });
  };
  return { store, remove };
}
