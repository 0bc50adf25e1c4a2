import { MlflowApi } from '../support/mlflow-api.ts';
import type { Seeded } from './seed.ts';

/** All that a client sees of a server, but for where artifacts lie; by names that say what differs. */
export async function seenOf(
  url: string,
  { runIds, experimentIds, artifacts }: Seeded,
): Promise<Record<string, unknown>> {
  const api = new MlflowApi(url);
  const seen = new Map<string, unknown>();
  const hidden = new Set(['artifact_uri', 'artifact_location', 'workspace']);
  const shown = (value: unknown): unknown =>
    JSON.parse(JSON.stringify(value), (key, item: unknown) => (hidden.has(key) ? undefined : sorted(item))) as unknown;

  const experiments = await api.post('experiments/search', { view_type: 'ALL', max_results: 1000 });
  for (const experiment of experiments['experiments'] as Record<string, unknown>[]) {
    const isDefault = experiment['experiment_id'] === '0';
    seen.set(`experiment ${String(experiment['experiment_id'])}`, {
      ...(shown(experiment) as object),
      // Experiment 0 is each side's own.
      ...(isDefault && { creation_time: 0, last_update_time: 0 }),
    });
  }
  for (const id of experimentIds) {
    const found = await api.post('runs/search', { experiment_ids: [id], run_view_type: 'ALL', max_results: 5000 });
    const runs = (found['runs'] ?? []) as { info: { run_id: string } }[];
    seen.set(
      `order of runs in ${id}`,
      runs.map(({ info }) => info.run_id),
    );
    const models = await api.post('logged-models/search', { experiment_ids: [id] });
    seen.set(`logged models of ${id}`, shown(models));
  }
  for (const run_id of runIds) {
    seen.set(`run ${run_id}`, shown(await api.get('runs/get', { run_id })));
    for (const metric_key of ['loss', 'nan']) {
      seen.set(`${metric_key} of ${run_id}`, shown(await api.get('metrics/get-history', { run_id, metric_key })));
    }
  }
  for (const [run_id, text] of artifacts) {
    seen.set(`file of ${run_id}`, text);
    const answer = await fetch(
      `${url}/get-artifact?${new URLSearchParams({ run_uuid: run_id, path: 'model/a b.txt' })}`,
    );
    seen.set(`file of ${run_id}`, await answer.text());
    seen.set(`files of ${run_id}`, shown((await api.get('artifacts/list', { run_id }))['files']));
  }
  for (const filter of ['', "tags.`mlflow.prompt.is_prompt` = 'true'"]) {
    seen.set(`models ${filter}`, withoutSources(shown(await api.get('registered-models/search', { filter }))));
    seen.set(`versions ${filter}`, withoutSources(shown(await api.get('model-versions/search', { filter }))));
  }
  return Object.fromEntries(seen);
}

/** Lists of tags and such come in an order of the server's own. */
const sorted = (item: unknown): unknown =>
  Array.isArray(item) && item.every((one) => typeof one === 'object' && one !== null && 'key' in one)
    ? [...(item as { key: string }[])].sort((a, b) => (JSON.stringify(a) < JSON.stringify(b) ? -1 : 1))
    : item;

/** A version's source may have been rewritten. */
const withoutSources = (value: unknown): unknown =>
  JSON.parse(JSON.stringify(value), (key, item: unknown) => (key === 'source' ? '-' : item)) as unknown;
