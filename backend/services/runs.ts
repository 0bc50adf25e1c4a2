export type RunService = Record<string, never>;
