import type { RouteSpec } from './types.ts';

const base = { area: 'experiments', surfaces: ['api', 'ajax-api'], streamed: false } as const;

export const experimentRoutes = [
  { ...base, id: 'experiments.create', method: 'POST', path: '/2.0/mlflow/experiments/create', access: 'write' },
  { ...base, id: 'experiments.get', method: 'GET', path: '/2.0/mlflow/experiments/get', access: 'read' },
  { ...base, id: 'experiments.getByName', method: 'GET', path: '/2.0/mlflow/experiments/get-by-name', access: 'read' },
  { ...base, id: 'experiments.search', method: 'POST', path: '/2.0/mlflow/experiments/search', access: 'read' },
  { ...base, id: 'experiments.searchByQuery', method: 'GET', path: '/2.0/mlflow/experiments/search', access: 'read' },
  {
    ...base,
    id: 'experiments.searchDatasets',
    method: 'POST',
    path: '/2.0/mlflow/experiments/search-datasets',
    surfaces: ['ajax-api'],
    access: 'read',
  },
  { ...base, id: 'experiments.update', method: 'POST', path: '/2.0/mlflow/experiments/update', access: 'write' },
  { ...base, id: 'experiments.delete', method: 'POST', path: '/2.0/mlflow/experiments/delete', access: 'write' },
  { ...base, id: 'experiments.restore', method: 'POST', path: '/2.0/mlflow/experiments/restore', access: 'write' },
  {
    ...base,
    id: 'experiments.setTag',
    method: 'POST',
    path: '/2.0/mlflow/experiments/set-experiment-tag',
    access: 'write',
  },
  {
    ...base,
    id: 'experiments.deleteTag',
    method: 'POST',
    path: '/2.0/mlflow/experiments/delete-experiment-tag',
    access: 'write',
  },
] as const satisfies readonly RouteSpec[];
