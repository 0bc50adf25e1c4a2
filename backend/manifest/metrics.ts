import type { RouteSpec } from './types.ts';

const base = { area: 'metrics', method: 'GET', access: 'read', streamed: false } as const;

export const metricRoutes = [
  { ...base, id: 'metrics.getHistory', path: '/2.0/mlflow/metrics/get-history', surfaces: ['api', 'ajax-api'] },
  { ...base, id: 'metrics.getHistoryBulk', path: '/2.0/mlflow/metrics/get-history-bulk', surfaces: ['ajax-api'] },
  {
    ...base,
    id: 'metrics.getHistoryBulkInterval',
    path: '/2.0/mlflow/metrics/get-history-bulk-interval',
    surfaces: ['api', 'ajax-api'],
  },
] as const satisfies readonly RouteSpec[];
