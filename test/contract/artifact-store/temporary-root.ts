import { execFile } from 'node:child_process';
import { mkdtemp } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { openLocalArtifactStore } from '../../../backend/artifacts/local/index.ts';
import type { ArtifactRoot } from '../describe-artifact-store.ts';

const run = promisify(execFile);

/** A new folder of this machine. `path` is the root, `outside` a folder beside it. */
export async function temporaryRoot(): Promise<ArtifactRoot & { readonly path: string; readonly outside: string }> {
  const base = await mkdtemp(join(tmpdir(), 'kirka-artifacts-'));
  const path = join(base, 'root');
  return {
    path,
    outside: join(base, 'outside'),
    open: () => openLocalArtifactStore({ root: path }),
    // By programs that take any depth, which Node's own functions do not.
    countFiles: async () => (await run('find', [path, '!', '-type', 'd', '-print0'])).stdout.split('\0').length - 1,
    dispose: async () => {
      await run('rm', ['-rf', base]);
    },
  };
}
