import { joinPath } from '../artifacts/uri.ts';
import { SourceRefusal } from '../services/import/source.ts';
import type { ImportSource, SourceFile, SourceVersion } from '../services/import/source.ts';
import { promptTag } from '../entities/registered-model.ts';
import type { JsonObject } from '../wire/json/value.ts';
import { MlflowClient } from './client.ts';
import type { TrackingServer } from './client.ts';
import {
  decodeExperiment,
  decodeLoggedModel,
  decodePoint,
  decodeRegisteredModel,
  decodeRun,
  decodeVersion,
} from './decode.ts';
import { object, objects, text, time } from './fields.ts';
import { member } from '../wire/json/value.ts';

const isPromptFilter = `tags.\`${promptTag}\` = 'true'`;
/** As many as MLflow's server gives at a time. */
const pageSizes = { experiments: 1000, runs: 1000, points: 25_000, loggedModels: 50, registered: 500 } as const;

/** A running MLflow server as what is imported from. */
export function openSource(server: TrackingServer): ImportSource & { close(): Promise<void> } {
  const client = new MlflowClient(server);

  /** All items of a paged answer. */
  async function all(
    ask: (token: Readonly<Record<string, string>>) => Promise<JsonObject>,
    field: string,
  ): Promise<JsonObject[]> {
    const items: JsonObject[] = [];
    for (let token: string | undefined; token !== '';) {
      const answer = await ask(token === undefined ? {} : { page_token: token });
      items.push(...objects(answer, field));
      token = text(answer, 'next_page_token');
    }
    return items;
  }

  /** Searches of the registry hide prompts unless they are asked for. */
  async function withPrompts(path: string, filter: string, field: string): Promise<readonly JsonObject[]> {
    const max_results = String(pageSizes.registered);
    const search = (text: string): Promise<JsonObject[]> =>
      all((token) => client.get(path, { max_results, ...(text !== '' && { filter: text }), ...token }), field);
    return [
      ...(await search(filter)),
      ...(await search(filter === '' ? isPromptFilter : `${filter} AND ${isPromptFilter}`)),
    ];
  }

  async function versionsOf(name: string): Promise<readonly SourceVersion[]> {
    const quoted = name.includes("'") ? `"${name}"` : `'${name}'`;
    const found = await withPrompts('mlflow/model-versions/search', `name = ${quoted}`, 'model_versions');
    const byNumber = new Map(found.map((version) => [Number(text(version, 'version')), version]));
    const versions: SourceVersion[] = [];
    for (const [, version] of [...byNumber].sort(([a], [b]) => a - b)) {
      const query = { name, version: text(version, 'version') };
      const { artifact_uri: uri } = await client.get('mlflow/model-versions/get-download-uri', query);
      versions.push(decodeVersion(version, typeof uri === 'string' ? uri : text(version, 'source')));
    }
    return versions;
  }

  async function* files(folder: string, refused: (path: string, reason: string) => void): AsyncGenerator<SourceFile> {
    // No recursion: users may have put thousands of folders into each other.
    const folders = [''];
    for (let below; (below = folders.pop()) !== undefined;) {
      for (const entry of await listed(folder, below, refused)) {
        const name = text(entry, 'path').split('/').at(-1) ?? '';
        const path = joinPath(below, name);
        if (member(entry, 'is_dir') === true) folders.push(path);
        else yield { path, size: member(entry, 'file_size') === undefined ? undefined : time(entry, 'file_size') };
      }
    }
  }

  async function listed(
    folder: string,
    below: string,
    refused: (path: string, reason: string) => void,
  ): Promise<readonly JsonObject[]> {
    const path = below === '' ? folder : joinPath(folder, below);
    try {
      return objects(await client.get('mlflow-artifacts/artifacts', { path }), 'files');
    } catch (error) {
      if (!(error instanceof SourceRefusal)) throw error;
      refused(below, error.message);
      return [];
    }
  }

  return {
    async experiments() {
      const body = { view_type: 'ALL', max_results: pageSizes.experiments };
      const found = await all(
        (token) => client.post('mlflow/experiments/search', { ...body, ...token }),
        'experiments',
      );
      return found.map(decodeExperiment);
    },

    async runIds(experimentId) {
      const body = { experiment_ids: [experimentId], run_view_type: 'ALL', max_results: pageSizes.runs };
      const found = await all((token) => client.post('mlflow/runs/search', { ...body, ...token }), 'runs');
      return [...new Set(found.map((run) => text(object(run, 'info'), 'run_id')))];
    },

    async run(runId) {
      return decodeRun(object(await client.get('mlflow/runs/get', { run_id: runId }), 'run'));
    },

    async history(runId, key) {
      const query = { run_id: runId, metric_key: key, max_results: String(pageSizes.points) };
      const points = await all((token) => client.get('mlflow/metrics/get-history', { ...query, ...token }), 'metrics');
      return points.map(decodePoint);
    },

    async loggedModels(experimentId) {
      const body = { experiment_ids: [experimentId], max_results: pageSizes.loggedModels };
      const found = await all((token) => client.post('mlflow/logged-models/search', { ...body, ...token }), 'models');
      return found.map(decodeLoggedModel);
    },

    async registeredModels() {
      const found = await withPrompts('mlflow/registered-models/search', '', 'registered_models');
      const byName = new Map(found.map((model) => [text(model, 'name'), model]));
      const models = [];
      for (const [name, model] of byName) models.push(decodeRegisteredModel(model, await versionsOf(name)));
      return models;
    },

    files,

    open: (folder, path) =>
      client.open(`mlflow-artifacts/artifacts/${`${folder}/${path}`.split('/').map(encodeURIComponent).join('/')}`),

    close: () => client.close(),
  };
}
