import { mkdtemp, readdir, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { openLocalArtifactStore } from '../../../backend/artifacts/local/index.ts';
import type { ArtifactRoot } from '../describe-artifact-store.ts';

/** A new folder of this machine. `path` is the root, `outside` a folder beside it. */
export async function temporaryRoot(): Promise<ArtifactRoot & { readonly path: string; readonly outside: string }> {
  const base = await mkdtemp(join(tmpdir(), 'kirka-artifacts-'));
  const path = join(base, 'root');
  return {
    path,
    outside: join(base, 'outside'),
    open: () => openLocalArtifactStore({ root: path }),
    countFiles: async () => {
      const all = await readdir(path, { recursive: true, withFileTypes: true });
      return all.filter((entry) => !entry.isDirectory()).length;
    },
    dispose: () => rm(base, { recursive: true, force: true }),
  };
}
