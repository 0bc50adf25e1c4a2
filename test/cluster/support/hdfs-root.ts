import { randomUUID } from 'node:crypto';
import { openWebhdfsArtifactStore } from '../../../backend/artifacts/webhdfs/index.ts';
import type { WebhdfsOptions } from '../../../backend/artifacts/webhdfs/index.ts';
import type { ArtifactRoot } from '../../contract/describe-artifact-store.ts';
import { expectStatus } from './ask.ts';
import { hdfs } from './servers.ts';

const superuser = { 'user.name': 'hdfs' };

/**
 * A new folder of a running HDFS for artifacts.
 * @param namenode WebHDFS of the active NameNode, where it is looked at past our own code
 * @param parent the folder that it is made in, by whom the options name
 */
export function hdfsRoot(
  namenode: string,
  parent: string,
  options: Partial<WebhdfsOptions>,
): ArtifactRoot & { readonly path: string } {
  const path = `${parent}/test-${randomUUID()}`;
  return {
    path,
    open: () => openWebhdfsArtifactStore({ addresses: [namenode], root: path, ...options }),
    countFiles: async () => {
      const { body } = await expectStatus(200, hdfs(namenode, path, 'GETCONTENTSUMMARY', superuser));
      return (JSON.parse(body.toString()) as { ContentSummary: { fileCount: number } }).ContentSummary.fileCount;
    },
    dispose: async () => {
      const removal = { ...superuser, recursive: 'true' };
      await expectStatus(200, hdfs(namenode, path, 'DELETE', removal), { method: 'DELETE' });
    },
  };
}
