import type { RouteSpec } from './types.ts';

const base = { area: 'root', method: 'GET', surfaces: ['root'], access: 'read' } as const;

export const rootRoutes = [
  { ...base, id: 'root.page', path: '/', streamed: false },
  { ...base, id: 'root.health', path: '/health', streamed: false },
  { ...base, id: 'root.ready', path: '/ready', surfaces: ['backend'], streamed: false },
  { ...base, id: 'root.version', path: '/version', streamed: false },
  { ...base, id: 'root.getArtifact', path: '/get-artifact', streamed: true },
  { ...base, id: 'root.getModelVersionArtifact', path: '/model-versions/get-artifact', streamed: true },
] as const satisfies readonly RouteSpec[];
