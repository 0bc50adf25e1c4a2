export { openWebhdfsArtifactStore } from './open.ts';
export type { WebhdfsOptions } from './open.ts';
