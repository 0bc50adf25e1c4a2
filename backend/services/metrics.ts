export type MetricService = Record<string, never>;
