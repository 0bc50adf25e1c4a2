import { describeArtifactStore } from '../contract/describe-artifact-store.ts';
import { hdfsRoot } from './hdfs-root.ts';

describeArtifactStore('HDFS', { large: 8 * 1024 * 1024, buffered: 256 * 1024 }, () =>
  hdfsRoot('http://127.0.0.1:24070'),
);
