import type { RouteSpec } from './types.ts';

const base = { area: 'logged models', surfaces: ['api', 'ajax-api'], streamed: false } as const;
const all = '/2.0/mlflow/logged-models';
const one = '/2.0/mlflow/logged-models/{model_id}';

export const loggedModelRoutes = [
  { ...base, id: 'loggedModels.create', method: 'POST', path: all, access: 'write' },
  { ...base, id: 'loggedModels.search', method: 'POST', path: `${all}/search`, access: 'read' },
  { ...base, id: 'loggedModels.get', method: 'GET', path: one, access: 'read' },
  { ...base, id: 'loggedModels.finalize', method: 'PATCH', path: one, access: 'write' },
  { ...base, id: 'loggedModels.delete', method: 'DELETE', path: one, access: 'write' },
  { ...base, id: 'loggedModels.logParams', method: 'POST', path: `${one}/params`, access: 'write' },
  { ...base, id: 'loggedModels.setTags', method: 'PATCH', path: `${one}/tags`, access: 'write' },
  { ...base, id: 'loggedModels.deleteTag', method: 'DELETE', path: `${one}/tags/{tag_key}`, access: 'write' },
  { ...base, id: 'loggedModels.listArtifacts', method: 'GET', path: `${one}/artifacts/directories`, access: 'read' },
  {
    ...base,
    id: 'loggedModels.getArtifact',
    method: 'GET',
    path: `${one}/artifacts/files`,
    surfaces: ['ajax-api'],
    access: 'read',
    streamed: true,
  },
] as const satisfies readonly RouteSpec[];
