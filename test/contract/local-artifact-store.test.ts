import { describeArtifactStore } from './describe-artifact-store.ts';
import { deeperThanPaths } from '../support/deep-tree.ts';
import { temporaryRoot } from './artifact-store/temporary-root.ts';

const capabilities = { large: 8 * 1024 * 1024, buffered: 256 * 1024, deepest: deeperThanPaths };

describeArtifactStore('local folder', capabilities, temporaryRoot);
