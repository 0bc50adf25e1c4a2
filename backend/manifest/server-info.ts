import type { RouteSpec } from './types.ts';

export const serverInfoRoutes = [
  {
    id: 'serverInfo.get',
    area: 'server info',
    method: 'GET',
    path: '/3.0/mlflow/server-info',
    surfaces: ['api', 'ajax-api'],
    access: 'read',
    streamed: false,
  },
] as const satisfies readonly RouteSpec[];
