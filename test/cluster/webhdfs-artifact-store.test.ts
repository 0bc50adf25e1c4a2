import { readFileSync } from 'node:fs';
import { basic } from '../../backend/remote/index.ts';
import { describeArtifactStore } from '../contract/describe-artifact-store.ts';
import { hdfsRoot } from './support/hdfs-root.ts';
import { cluster, gateway } from './support/hooks.ts';

// A NameNode takes 1,000, of which the root has some; through Knox each of them costs its time.
const capabilities = { large: 8 * 1024 * 1024, buffered: 256 * 1024, deepest: 300 };
const namenode = (): string => cluster().webhdfs[0] ?? '';

describeArtifactStore('HDFS', capabilities, async () => hdfsRoot(namenode(), '/kirka', { user: 'kirka' }));

describeArtifactStore("HDFS through Knox's WEBHDFS", capabilities, async () => {
  const { webhdfs, caFile } = gateway();
  return hdfsRoot(namenode(), '/tmp', {
    addresses: [webhdfs],
    authenticator: basic('guest', 'guest-password'),
    ca: readFileSync(caFile, 'utf8'),
  });
});
