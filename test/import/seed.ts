import { MlflowApi } from '../support/mlflow-api.ts';

/** What a team has left on a tracking server, of any size. */
export interface Seeded {
  readonly runIds: readonly string[];
  readonly experimentIds: readonly string[];
  /** Files on the artifact proxy, by the run's id. */
  readonly artifacts: ReadonlyMap<string, string>;
}

const atOnce = 6;

/**
 * Fills an empty server through its API: experiments active, deleted and with a location of their own; runs with histories,
 * datasets, files, some of them deleted; logged models; a registry with a gap in its versions, aliases, stages, a prompt.
 */
export async function seed(url: string, runs: number): Promise<Seeded> {
  const api = new MlflowApi(url);
  const experiment = async (name: string, more: object = {}): Promise<string> =>
    String((await api.post('experiments/create', { name, ...more }))['experiment_id']);
  const experimentIds = [
    '0',
    await experiment('alpha é\u{1f600}', { tags: [{ key: 'team', value: 'wine' }] }),
    await experiment('deleted'),
    await experiment('elsewhere', { artifact_location: 'mlflow-artifacts:/custom/place' }),
  ];
  const artifacts = new Map<string, string>();
  const runIds: string[] = [];
  const put = async (uri: string, path: string, text: string): Promise<void> => {
    const folder = uri.replace('mlflow-artifacts:/', '');
    const target = `${url}/api/2.0/mlflow-artifacts/artifacts/${folder}/${path}`;
    const answer = await fetch(target, { method: 'PUT', body: text });
    if (!answer.ok) throw new Error(`${target}: ${String(answer.status)} ${await answer.text()}`);
  };

  async function run(i: number): Promise<{ id: string; uri: string; experimentId: string }> {
    const experimentId = experimentIds[i % experimentIds.length] ?? '0';
    const start_time = 1_700_000_000_000 + i;
    const created = (await api.post('runs/create', {
      ...{ experiment_id: experimentId, run_name: `run ${String(i)}`, user_id: 'sam', start_time },
      tags: [{ key: 'mlflow.user', value: 'sam' }],
    })) as { run: { info: { run_id: string; artifact_uri: string } } };
    const { run_id, artifact_uri: uri } = created.run.info;
    const points = Array.from({ length: 5 }, (_, step) => ({
      ...{ key: 'loss', value: 1 / (step + 1), timestamp: start_time + step, step },
    }));
    await api.post('runs/log-batch', {
      run_id,
      params: [{ key: 'lr', value: String(i / 7) }],
      tags: [{ key: 'note/é', value: `n${String(i)}` }],
      metrics: [...points, { key: 'nan', value: 'NaN', timestamp: 1, step: -1 }],
    });
    if (i % 10 === 0) {
      await put(uri, 'model/a b.txt', `content of ${String(i)} é`);
      await put(uri, 'metrics.json', '{}');
      await put(uri, 'model/__init__.py', '');
      artifacts.set(run_id, `content of ${String(i)} é`);
      const dataset = { name: 'wine', digest: 'd1', source_type: 'local', source: '{"uri": "x"}', schema: '{}' };
      const datasets = [{ tags: [{ key: 'mlflow.data.context', value: 'train' }], dataset }];
      await api.post('runs/log-inputs', { run_id, datasets });
    }
    await api.post('runs/update', { run_id, status: 'FINISHED', end_time: start_time + 9 });
    if (i % 9 === 4) await api.post('runs/delete', { run_id });
    runIds.push(run_id);
    return { id: run_id, uri, experimentId };
  }

  const numbers = Array.from({ length: runs }, (_, i) => i).values();
  await Promise.all(
    Array.from({ length: atOnce }, async () => {
      for (const i of numbers) await run(i);
    }),
  );
  // Of the experiment with a location of its own: the versions' sources are to be rewritten.
  const trained = await run(4 * runs + 3);
  await put(trained.uri, 'model/MLmodel', 'flavors: {}');
  await loggedModel(trained);
  await registry(trained);
  await api.post('experiments/delete', { experiment_id: experimentIds[2] });
  return { runIds, experimentIds, artifacts };

  async function loggedModel(source: { id: string; experimentId: string }): Promise<void> {
    const { model } = (await api.post('logged-models', {
      ...{ experiment_id: source.experimentId, name: 'classifier', model_type: 'agent', source_run_id: source.id },
      ...{ params: [{ key: 'depth', value: '3' }], tags: [{ key: 'a', value: 'b' }] },
    })) as { model: { info: { model_id: string; artifact_uri: string } } };
    const { model_id, artifact_uri } = model.info;
    await put(artifact_uri, 'MLmodel', 'flavors: {}');
    await api.patch(`logged-models/${model_id}`, { model_id, status: 'LOGGED_MODEL_READY' });
    const metric = { run_id: source.id, key: 'f1', value: 0.5, timestamp: 7, step: 0, model_id };
    await api.post('runs/log-metric', metric);
    await api.post('runs/outputs', { run_id: source.id, models: [{ model_id, step: 2 }] });
  }

  async function registry(source: { id: string; uri: string }): Promise<void> {
    const name = "sam's model";
    await api.post('registered-models/create', { name, description: 'd', tags: [{ key: 'k', value: 'v' }] });
    for (const [i] of Array.from({ length: 4 }).entries()) {
      const version = { name, source: `${source.uri}/model`, run_id: source.id, description: `v${String(i)}` };
      await api.post('model-versions/create', version);
    }
    await api.send('DELETE', 'model-versions/delete', { name, version: '2' });
    await api.post('registered-models/alias', { name, alias: 'champion', version: '3' });
    await api.post('model-versions/set-tag', { name, version: '3', key: 'ok', value: 'yes' });
    await api.post('model-versions/transition-stage', { name, version: '1', stage: 'Production' });
    const isPrompt = [{ key: 'mlflow.prompt.is_prompt', value: 'true' }];
    await api.post('registered-models/create', { name: 'greeting', tags: isPrompt });
    const tags = [...isPrompt, { key: 'mlflow.prompt.text', value: 'Hello {{name}}' }];
    await api.post('model-versions/create', { name: 'greeting', source: 'dummy-source', tags });
  }
}
