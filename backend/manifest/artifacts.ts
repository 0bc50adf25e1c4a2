import type { RouteSpec } from './types.ts';

const proxy = { area: 'artifact proxy', surfaces: ['api', 'ajax-api'] } as const;
const object = '/2.0/mlflow-artifacts/artifacts/{artifact_path:path}';

/** A run's files by run id, and MLflow's artifact proxy, by which its client moves the bytes. */
export const artifactRoutes = [
  {
    id: 'artifacts.list',
    area: 'artifacts list',
    method: 'GET',
    path: '/2.0/mlflow/artifacts/list',
    surfaces: ['api', 'ajax-api'],
    access: 'read',
    streamed: false,
  },
  {
    id: 'artifacts.presignedUploadUrl',
    area: 'artifacts list',
    method: 'POST',
    path: '/2.0/mlflow/artifacts/presigned-upload-url',
    surfaces: ['api', 'ajax-api'],
    access: 'read',
    streamed: false,
  },
  {
    id: 'artifacts.presignedDownloadUrl',
    area: 'artifacts list',
    method: 'POST',
    path: '/2.0/mlflow/artifacts/presigned-download-url',
    surfaces: ['api', 'ajax-api'],
    access: 'read',
    streamed: false,
  },
  {
    id: 'artifacts.upload',
    area: 'artifacts list',
    method: 'POST',
    path: '/2.0/mlflow/upload-artifact',
    surfaces: ['ajax-api'],
    access: 'write',
    streamed: false,
  },
  {
    ...proxy,
    id: 'artifactProxy.list',
    method: 'GET',
    path: '/2.0/mlflow-artifacts/artifacts',
    access: 'read',
    streamed: false,
  },
  { ...proxy, id: 'artifactProxy.download', method: 'GET', path: object, access: 'read', streamed: true },
  { ...proxy, id: 'artifactProxy.upload', method: 'PUT', path: object, access: 'write', streamed: true },
  { ...proxy, id: 'artifactProxy.delete', method: 'DELETE', path: object, access: 'write', streamed: false },
  {
    ...proxy,
    id: 'artifactProxy.presigned',
    method: 'GET',
    path: '/2.0/mlflow-artifacts/presigned/{artifact_path:path}',
    access: 'read',
    streamed: false,
  },
  {
    ...proxy,
    id: 'artifactProxy.createMultipart',
    method: 'POST',
    path: '/2.0/mlflow-artifacts/mpu/create/{artifact_path:path}',
    access: 'write',
    streamed: false,
  },
  {
    ...proxy,
    id: 'artifactProxy.completeMultipart',
    method: 'POST',
    path: '/2.0/mlflow-artifacts/mpu/complete/{artifact_path:path}',
    access: 'write',
    streamed: false,
  },
  {
    ...proxy,
    id: 'artifactProxy.abortMultipart',
    method: 'POST',
    path: '/2.0/mlflow-artifacts/mpu/abort/{artifact_path:path}',
    access: 'write',
    streamed: false,
  },
] as const satisfies readonly RouteSpec[];
