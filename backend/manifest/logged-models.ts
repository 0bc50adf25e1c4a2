import type { RouteSpec } from './types.ts';

/**
 * MLflow's client searches a run's logged models whenever it lists the run's folders, and does not go on without an
 * answer. None can be logged yet, so that answer is that there are none.
 */
export const loggedModelRoutes = [
  {
    id: 'loggedModels.search',
    area: 'logged models',
    method: 'POST',
    path: '/2.0/mlflow/logged-models/search',
    surfaces: ['api', 'ajax-api'],
    access: 'read',
    streamed: false,
  },
] as const satisfies readonly RouteSpec[];
