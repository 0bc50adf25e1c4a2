import { describeArtifactStore } from './describe-artifact-store.ts';
import { temporaryRoot } from './artifact-store/temporary-root.ts';

describeArtifactStore('local folder', { large: 8 * 1024 * 1024, buffered: 256 * 1024 }, temporaryRoot);
