import { expect } from 'chai';
import { pipeline } from 'node:stream/promises';
import { mlflowVersion } from '../../backend/manifest/index.ts';
import { randomSource, sha256Of } from '../contract/artifact-store/helpers.ts';
import { watchMemory } from '../support/memory.ts';
import { answerTo, ask, open } from './support/ask.ts';
import { stack } from './support/hooks.ts';
import { startBehindKnox } from './support/kirka.ts';
import type { KirkaBehindKnox } from './support/kirka.ts';
import { ports } from './support/stack.ts';

const megabyte = 1024 * 1024;
const kirka = '/kirka/kirka';

describe('Kirka behind Knox', () => {
  let backend: KirkaBehindKnox;
  before(async () => {
    backend = await startBehindKnox();
  });
  after(() => backend.dispose());

  it('answers who comes through Knox, and nobody who comes past it', async () => {
    const { status, body } = await ask({ path: `${kirka}/version` });
    expect([status, body.toString()]).to.deep.equal([200, mlflowVersion]);
    const past = await fetch(`http://127.0.0.1:${String(ports.kirka)}/version`, { headers: { 'X-Kirka-User': 'eve' } });
    expect(past.status).to.equal(401);
  });

  it('knows who started a run', async () => {
    const json = { 'content-type': 'application/json' };
    const create = { path: `${kirka}/api/2.0/mlflow/runs/create`, method: 'POST', user: 'sam', headers: json };
    const { status, body } = await ask(create, '{"experiment_id": "0"}');
    expect(status, body.toString()).to.equal(200);
    expect(JSON.parse(body.toString())).to.have.nested.property('run.info.user_id', 'sam');
  });

  it("finds what a GET asks for in a JSON body, as MLflow's server does", async () => {
    const headers = { 'content-type': 'application/json' };
    const get = { path: `${kirka}/api/2.0/mlflow/experiments/get`, headers };
    const { status, body } = await ask(get, '{"experiment_id": "0"}');
    expect(status, body.toString()).to.equal(200);
    expect(JSON.parse(body.toString())).to.have.nested.property('experiment.name', 'Default');
    expect((await ask(get, '{"experiment_id": "1"}')).status).to.equal(404);
  });

  it('lets the page of another origin write nothing, and a page of the gateway what it likes', async () => {
    const write = async (origin: string): Promise<number> => {
      const path = `${kirka}/ajax-api/2.0/mlflow/upload-artifact?run_uuid=none&path=a.txt`;
      const headers = { origin, 'content-type': 'text/plain' };
      return (await ask({ path, method: 'POST', headers }, 'a')).status;
    };
    const own = stack().knox.url;
    expect(new URL(own).hostname).to.equal('localhost');
    for (const origin of ['http://evil.example', 'null', own.replace('localhost', 'localhost.evil.example')]) {
      expect(await write(origin), origin).to.equal(403);
    }
    // There is no such run: the request got that far.
    for (const origin of [own, 'http://127.0.0.1:3000']) expect(await write(origin), origin).to.equal(404);
  });

  it('refuses what is meant for a workspace', async () => {
    const { status, body } = await ask({ path: `${kirka}/version`, headers: { 'X-MLFLOW-WORKSPACE': 'team' } });
    expect(status).to.equal(500);
    expect(JSON.parse(body.toString())).to.include({ error_code: 'FEATURE_DISABLED' });
  });

  it('takes and gives an artifact of 200 MB with flat memory', async function () {
    this.timeout(300_000);
    const path = `${kirka}/api/2.0/mlflow-artifacts/artifacts/0/r/artifacts/model.bin`;
    const size = 200 * megabyte;
    await ask({ path: `${kirka}/version` });
    const memory = await watchMemory(backend.pid);
    const { source, sha256 } = randomSource(size);
    const up = open({ path, method: 'PUT', headers: { 'content-type': 'application/octet-stream' } });
    const [answer] = await Promise.all([answerTo(up), pipeline(source, up)]);
    expect(answer.resume().statusCode).to.equal(200);
    const down = open({ path });
    down.end();
    const download = await answerTo(down);
    expect(download.headers['content-length']).to.equal(String(size));
    expect(await sha256Of(download)).to.equal(sha256());
    const { before, peak } = await memory.end();
    expect((peak - before) / megabyte, 'growth of RssAnon in MB').to.be.below(50);
  });
});
