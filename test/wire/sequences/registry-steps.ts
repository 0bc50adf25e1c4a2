import { api, pausing } from '../sequence.ts';
import type { Step } from '../sequence.ts';

type Fields = Readonly<Record<string, unknown>>;

/** Steps on the registered model `{{unique}}`; fields given replace those that are there. */
export const createModel = (fields: Fields = {}): Step =>
  api.post('/registered-models/create', { name: '{{unique}}', ...fields });
export const getModel = (name = '{{unique}}'): Step => api.get('/registered-models/get', { name });
export const updateModel = (fields: Fields = {}): Step =>
  api.patch('/registered-models/update', { name: '{{unique}}', ...fields });
export const renameModel = (fields: Fields = {}): Step =>
  api.post('/registered-models/rename', { name: '{{unique}}', ...fields });
export const deleteModel = (fields: Fields = {}): Step =>
  api.delete('/registered-models/delete', { name: '{{unique}}', ...fields });
export const setModelTag = (fields: Fields = {}): Step =>
  api.post('/registered-models/set-tag', { name: '{{unique}}', ...fields });
export const deleteModelTag = (fields: Fields = {}): Step =>
  api.delete('/registered-models/delete-tag', { name: '{{unique}}', ...fields });
export const setAlias = (fields: Fields = {}): Step =>
  api.post('/registered-models/alias', { name: '{{unique}}', ...fields });
export const deleteAlias = (fields: Fields = {}): Step =>
  api.delete('/registered-models/alias', { name: '{{unique}}', ...fields });
export const getByAlias = (alias: string, name = '{{unique}}'): Step =>
  api.get('/registered-models/alias', { name, alias });
export const latest = (fields: Fields = {}): Step =>
  api.post('/registered-models/get-latest-versions', { name: '{{unique}}', ...fields });

/** A version whose source is in a store that the server never opens. */
export const createVersion = (fields: Fields = {}): Step =>
  pausing(api.post('/model-versions/create', { name: '{{unique}}', source: 's3://bucket/model', ...fields }));
export const getVersion = (version = '1', name = '{{unique}}'): Step =>
  api.get('/model-versions/get', { name, version });
export const updateVersion = (fields: Fields = {}): Step =>
  api.patch('/model-versions/update', { name: '{{unique}}', version: '1', ...fields });
export const deleteVersion = (version: unknown = '1', fields: Fields = {}): Step =>
  api.delete('/model-versions/delete', { name: '{{unique}}', version, ...fields });
export const transition = (version: string, stage: unknown, fields: Fields = {}): Step =>
  api.post('/model-versions/transition-stage', { name: '{{unique}}', version, stage, ...fields });
export const setVersionTag = (fields: Fields = {}): Step =>
  api.post('/model-versions/set-tag', { name: '{{unique}}', version: '1', ...fields });
export const deleteVersionTag = (fields: Fields = {}): Step =>
  api.delete('/model-versions/delete-tag', { name: '{{unique}}', version: '1', ...fields });
export const downloadUri = (version = '1', name = '{{unique}}'): Step =>
  api.get('/model-versions/get-download-uri', { name, version });
