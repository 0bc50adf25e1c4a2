import { openWebhdfsArtifactStore } from '../../backend/artifacts/webhdfs/index.ts';
import { startFakeWebHdfs } from '../support/fake-webhdfs/index.ts';
import { describeArtifactStore } from './describe-artifact-store.ts';

// Without Java: what our side does. test/cluster asks a real HDFS the same.
const capabilities = { large: 8 * 1024 * 1024, buffered: 256 * 1024, deepest: 300 };

describeArtifactStore('WebHDFS, in memory', capabilities, async () => {
  const fake = await startFakeWebHdfs();
  return {
    open: () => openWebhdfsArtifactStore({ addresses: fake.addresses, root: '/kirka/artifacts', user: 'kirka' }),
    countFiles: async () => fake.tree.countFiles('/kirka/artifacts'),
    dispose: fake.close,
  };
});
