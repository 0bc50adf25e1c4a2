export type ExperimentService = Record<string, never>;
