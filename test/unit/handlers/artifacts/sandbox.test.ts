import { expect } from 'chai';
import { manifest } from '../../../../backend/manifest/index.ts';
import { startSilentBackend } from '../../../wire/silent-backend.ts';

type Backend = Awaited<ReturnType<typeof startSilentBackend>>;

const api = '/api/2.0/mlflow';
const page = '<script>fetch("/api/2.0/mlflow/experiments/delete")</script>';

describe('an artifact in a browser', () => {
  let backend: Backend;
  let paths: Readonly<Record<string, string>>;

  async function post(path: string, body: unknown): Promise<Record<string, Record<string, Record<string, string>>>> {
    const init = { method: 'POST', headers: { 'content-type': 'application/json' }, body: JSON.stringify(body) };
    const response = await fetch(backend.url + api + path, init);
    expect(response.status, path).to.equal(200);
    return (await response.json()) as never;
  }

  before(async () => {
    backend = await startSilentBackend();
    const runId = (await post('/runs/create', { experiment_id: '0' })).run?.info?.run_id ?? '';
    const modelId = (await post('/logged-models', { experiment_id: '0', name: 'm' })).model?.info?.model_id ?? '';
    const ofRun = `/api/2.0/mlflow-artifacts/artifacts/0/${runId}/artifacts/a.html`;
    const ofModel = `/api/2.0/mlflow-artifacts/artifacts/0/models/${modelId}/artifacts/a.html`;
    for (const path of [ofRun, ofModel]) await fetch(backend.url + path, { method: 'PUT', body: page });
    await post('/registered-models/create', { name: 'm' });
    const source = `mlflow-artifacts:/0/${runId}/artifacts`;
    await post('/model-versions/create', { name: 'm', source, run_id: runId });
    paths = {
      'artifactProxy.download': ofRun,
      'root.getArtifact': `/get-artifact?run_id=${runId}&path=a.html`,
      'root.getModelVersionArtifact': '/model-versions/get-artifact?name=m&version=1&path=a.html',
      'loggedModels.getArtifact': `/ajax-api/2.0/mlflow/logged-models/${modelId}/artifacts/files?artifact_file_path=a.html`,
    };
  });
  after(() => backend.close());

  it('is saved, and can do nothing here where it is shown all the same, whichever route answers it', async () => {
    const routes = manifest.filter(({ method, streamed }) => streamed && method === 'GET').map(({ id }) => id);
    expect(routes).to.have.members(Object.keys(paths));
    for (const id of routes) {
      for (const [range, status] of [
        [undefined, 200],
        ['bytes=0-3', 206],
        ['bytes=900-', 416],
      ] as const) {
        const answer = await fetch(backend.url + paths[id], { headers: range === undefined ? {} : { range } });
        const body = await answer.text();
        expect([answer.status, body.length > 0], id).to.deep.equal([status, status !== 416]);
        expect(answer.headers.get('content-security-policy'), `${id} ${String(status)}`).to.equal('sandbox');
        expect(answer.headers.get('x-content-type-options'), id).to.equal('nosniff');
        if (status !== 416) expect(answer.headers.get('content-disposition'), id).to.match(/^attachment;/);
      }
    }
  });
});
