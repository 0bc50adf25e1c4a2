import { api, createExperiment, createModel, createRun, only, pausing, sequence } from '../sequence.ts';
import type { Step } from '../sequence.ts';

export type Fields = Readonly<Record<string, unknown>>;
export const search = (fields: Fields): Step =>
  api.post('/logged-models/search', { experiment_ids: ['{{experiment}}'], ...fields });
export const found = (fields: Fields): Step => only('models', 'info.name', search(fields));
export const filtered = (...filters: readonly string[]): Step[] => filters.map((filter) => found({ filter }));
export const ordered = (...orders: readonly (readonly Fields[])[]): Step[] =>
  orders.map((order_by) => found({ order_by }));
export const by = (field_name: string, rest: Fields = {}): Fields => ({ field_name, ...rest });
const pair = (key: string, value: string) => ({ key, value });
const metric = (key: string, value: unknown, rest: Fields = {}): Fields => ({
  key,
  value,
  timestamp: 1,
  step: 0,
  ...rest,
});
const log = (model: string, ...metrics: readonly Fields[]): Step =>
  api.post('/runs/log-batch', {
    run_id: '{{run}}',
    metrics: metrics.map((one) => ({ ...one, model_id: `{{${model}}}` })),
  });
const wine = { dataset_name: 'wine', dataset_digest: 'w1' };
const iris = { dataset_name: 'iris', dataset_digest: 'i1' };

/** Four models: c, b and a have metrics, tags and params; none has not. */
export const onModels = (name: string, ...steps: readonly Step[]) =>
  sequence(
    name,
    createExperiment(),
    createRun(),
    pausing(createModel('none', {})),
    pausing(
      createModel('a', {
        model_type: 'sklearn',
        source_run_id: '{{run}}',
        params: [pair('lr', '0.1'), pair('depth', '3')],
        tags: [pair('team', 'red'), pair('dotted.tag', 'x')],
      }),
    ),
    pausing(createModel('b', { model_type: 'Sklearn', params: [pair('lr', '0.2')], tags: [pair('team', 'Blue')] })),
    pausing(createModel('c', { model_type: '', tags: [pair('team', 'red')] })),
    api.patch('/logged-models/{{b}}', { model_id: '{{b}}', status: 'LOGGED_MODEL_READY' }),
    log('a', metric('acc', 0.9), metric('acc', 0.5, { step: 1, ...wine }), metric('loss', -1)),
    log('b', metric('acc', 0.7, wine), metric('acc', 0.95, { ...iris, timestamp: 2 }), metric('loss', 'NaN')),
    log('c', metric('acc', 0.8, { dataset_name: 'wine', dataset_digest: 'w2' }), metric('odd name', 1)),
    ...steps,
  );
