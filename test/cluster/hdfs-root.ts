import { randomUUID } from 'node:crypto';
import { openWebhdfsArtifactStore } from '../../backend/artifacts/webhdfs/index.ts';
import type { WebhdfsOptions } from '../../backend/artifacts/webhdfs/index.ts';
import type { ArtifactRoot } from '../contract/describe-artifact-store.ts';

/** Calls WebHDFS past our own code: what a test looks at, or does beside the store. The answer's JSON, if it is one. */
export async function askHdfs(
  address: string,
  method: string,
  path: string,
  operation: string,
  user = 'mlflow',
): Promise<{ readonly status: number; readonly content: unknown }> {
  const url = `${address}/webhdfs/v1${path.split('/').map(encodeURIComponent).join('/')}?op=${operation}&user.name=${user}`;
  const answer = await fetch(url, { method });
  const text = await answer.text();
  return { status: answer.status, content: text === '' ? undefined : JSON.parse(text) };
}

/** A new folder of a running HDFS that the user `mlflow` may write to. */
export async function hdfsRoot(
  address: string,
  options: Partial<WebhdfsOptions> = {},
): Promise<ArtifactRoot & { readonly path: string }> {
  const path = `/mlflow/test-${randomUUID()}`;
  return {
    path,
    open: () => openWebhdfsArtifactStore({ addresses: [address], root: path, user: 'mlflow', ...options }),
    countFiles: async () => {
      const { content } = await askHdfs(address, 'GET', path, 'GETCONTENTSUMMARY');
      return (content as { ContentSummary: { fileCount: number } }).ContentSummary.fileCount;
    },
    dispose: async () => {
      await askHdfs(address, 'DELETE', path, 'DELETE&recursive=true');
    },
  };
}
