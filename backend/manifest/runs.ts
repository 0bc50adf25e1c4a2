import type { RouteSpec } from './types.ts';

const base = { area: 'runs', surfaces: ['api', 'ajax-api'], streamed: false } as const;

export const runRoutes = [
  { ...base, id: 'runs.create', method: 'POST', path: '/2.0/mlflow/runs/create', access: 'write' },
  { ...base, id: 'runs.get', method: 'GET', path: '/2.0/mlflow/runs/get', access: 'read' },
  { ...base, id: 'runs.update', method: 'POST', path: '/2.0/mlflow/runs/update', access: 'write' },
  { ...base, id: 'runs.delete', method: 'POST', path: '/2.0/mlflow/runs/delete', access: 'write' },
  { ...base, id: 'runs.restore', method: 'POST', path: '/2.0/mlflow/runs/restore', access: 'write' },
  { ...base, id: 'runs.search', method: 'POST', path: '/2.0/mlflow/runs/search', access: 'read' },
  { ...base, id: 'runs.logMetric', method: 'POST', path: '/2.0/mlflow/runs/log-metric', access: 'write' },
  { ...base, id: 'runs.logParam', method: 'POST', path: '/2.0/mlflow/runs/log-parameter', access: 'write' },
  { ...base, id: 'runs.logBatch', method: 'POST', path: '/2.0/mlflow/runs/log-batch', access: 'write' },
  { ...base, id: 'runs.logInputs', method: 'POST', path: '/2.0/mlflow/runs/log-inputs', access: 'write' },
  { ...base, id: 'runs.logOutputs', method: 'POST', path: '/2.0/mlflow/runs/outputs', access: 'write' },
  { ...base, id: 'runs.logModel', method: 'POST', path: '/2.0/mlflow/runs/log-model', access: 'write' },
  { ...base, id: 'runs.setTag', method: 'POST', path: '/2.0/mlflow/runs/set-tag', access: 'write' },
  { ...base, id: 'runs.deleteTag', method: 'POST', path: '/2.0/mlflow/runs/delete-tag', access: 'write' },
] as const satisfies readonly RouteSpec[];
