export type ArtifactService = Record<string, never>;
