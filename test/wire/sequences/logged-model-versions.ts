import { api, createExperiment, createModel, createRun, getModel, sequence } from '../sequence.ts';
import type { Step } from '../sequence.ts';

const register = (): Step => api.post('/registered-models/create', { name: '{{unique}}' });
const version = (source: string, fields: Readonly<Record<string, unknown>> = {}): Step =>
  api.post('/model-versions/create', { name: '{{unique}}', source, ...fields });
const root = 'mlflow-artifacts:/{{experiment}}/models/{{model}}/artifacts';
const own = { model_id: '{{model}}' };

/** Versions of registered models that are made of logged models. */
export const loggedModelVersions = [
  sequence(
    'a version of a logged model, and what is noted on the model',
    createExperiment(),
    createRun(),
    createModel('model', { source_run_id: '{{run}}' }),
    register(),
    version('models:/{{model}}', own),
    api.get('/model-versions/get-download-uri', { name: '{{unique}}', version: '1' }),
    getModel(),
    version('models:/{{model}}', { ...own, run_id: '{{run}}' }),
    version(root, own),
    version(`${root}/part`, own),
    getModel(),
    api.get('/model-versions/search', { filter: "run_id = '{{run}}'" }),
  ),
  sequence(
    'versions of logged models that are refused',
    createExperiment(),
    createRun(),
    createModel('model', { source_run_id: '{{run}}' }),
    createModel('other'),
    register(),
    version('models:/{{model}}'),
    version('models:/{{model}}', { model_id: '{{other}}' }),
    version('models:/{{model}}', { run_id: '{{run}}' }),
    version(root, { model_id: '{{other}}' }),
    version(`${root}/../x`, own),
    version('models:/m-none', { model_id: 'm-none' }),
    version(root, { model_id: 'm-none' }),
    version('/tmp/model', own),
    api.delete('/logged-models/{{model}}'),
    version('models:/{{model}}', own),
    version(root, own),
    api.get('/logged-models/{{model}}', { allow_deleted: 'true' }),
  ),
  sequence(
    'a logged model without a run',
    createExperiment(),
    createModel(),
    register(),
    version('models:/{{model}}', own),
    version('s3://bucket/model', own),
    getModel(),
  ),
];
