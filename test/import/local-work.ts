import { MlflowApi } from '../support/mlflow-api.ts';
import type { Seeded } from './seed.ts';

/** What a team does with what was imported: in the registry, with experiments, with runs. */
export async function workOn(url: string, { experimentIds }: Pick<Seeded, 'experimentIds'>): Promise<void> {
  const api = new MlflowApi(url);
  const name = "sam's model";
  await api.send('DELETE', 'model-versions/delete', { name, version: '3' });
  await api.post('model-versions/transition-stage', { name, version: '1', stage: 'Archived' });
  await api.post('model-versions/transition-stage', { name, version: '4', stage: 'Production' });
  await api.post('model-versions/create', { name, source: 's3://bucket/ours', description: 'ours' });
  await api.post('registered-models/alias', { name, alias: 'champion', version: '5' });
  await api.post('registered-models/rename', { name: 'greeting', new_name: 'salutation' });
  await api.post('experiments/update', { experiment_id: '0', new_name: 'ours' });
  await api.post('experiments/update', { experiment_id: experimentIds[1], new_name: 'renamed' });
  await api.post('experiments/delete', { experiment_id: experimentIds[3] });
  const { runs } = await api.post('runs/search', { experiment_ids: ['0'], max_results: 2 });
  const [deleted, changed] = runs as { info: { run_id: string } }[];
  await api.post('runs/delete', { run_id: deleted?.info.run_id });
  await api.post('runs/set-tag', { run_id: changed?.info.run_id, key: 'note/é', value: 'changed' });
}
