import { readdirSync } from 'node:fs';
import { join } from 'node:path';
import { expect } from 'chai';
import { longestPath, mostSegments } from '../../backend/artifacts/path.ts';
import { startBackendProcess } from '../support/backend-process.ts';
import type { BackendProcess } from '../support/backend-process.ts';
import { deep, writeDeep } from '../support/deep-tree.ts';
import { MlflowApi } from '../support/mlflow-api.ts';
import { until } from '../support/until.ts';
import { runKirka, temporaryFolder } from './kirka-process.ts';

const proxy = '/api/2.0/mlflow-artifacts/artifacts';

describe('artifact paths that are too long', function () {
  this.timeout(60_000);
  const data = temporaryFolder();
  const artifacts = join(data.path, 'artifacts');
  const staging = join(artifacts, '.kirka-staging');
  let backend: BackendProcess;
  let api: MlflowApi;

  const start = async (): Promise<void> => {
    backend = await startBackendProcess({ data: data.path });
    api = new MlflowApi(backend.url);
  };
  const ask = async (method: string, path: string, body?: string): Promise<readonly [number, string]> => {
    const answer = await fetch(backend.url + path, { method, ...(body !== undefined && { body }) });
    return [answer.status, await answer.text()];
  };
  const newRun = async (): Promise<string> => {
    const { run } = (await api.post('runs/create', { experiment_id: '0' })) as { run: { info: { run_id: string } } };
    return run.info.run_id;
  };
  const expectRefusal = async (message: RegExp, answer: ReturnType<typeof ask>): Promise<void> => {
    const [status, body] = await answer;
    const error = JSON.parse(body) as { error_code: string; message: string };
    expect([status, error.error_code]).to.deep.equal([400, 'INVALID_PARAMETER_VALUE']);
    expect(error.message).to.match(message).and.have.length.below(200);
  };
  const isSwept = async (): Promise<void> => {
    const left = (): readonly string[] => [
      ...readdirSync(staging).filter((name) => name.startsWith('4194999')),
      ...readdirSync(join(staging, 'removed')),
    ];
    await until('the removal of what is left', 50, () => left().length === 0);
  };

  before(start);
  afterEach(() => ask('DELETE', `${proxy}/0`));
  after(async () => {
    await backend.kill('SIGTERM');
    data.remove();
  });

  it('are refused before anything is made', async () => {
    const segments = `Artifact path is too long: ${String(mostSegments + 1)} segments of at most ${String(mostSegments)}`;
    const bytes = `Artifact path is too long: ${String(longestPath + 1)} bytes of at most ${String(longestPath)}`;
    await expectRefusal(new RegExp(segments), ask('PUT', `${proxy}/${deep(mostSegments)}f`, 'x'));
    const long = `${'x'.repeat(200)}/`.repeat(6).slice(0, longestPath);
    await expectRefusal(new RegExp(bytes), ask('PUT', `${proxy}/${long}x`, 'x'));
    await expectRefusal(
      /too long: 3\d{3} bytes/,
      ask('PUT', `${proxy}/${'%25'.repeat(200)}/${'é/'.repeat(1000)}f`, 'x'),
    );
    expect(readdirSync(artifacts)).to.deep.equal(['.kirka-staging']);
  });

  it('are counted with the folders of their run', async () => {
    const runId = await newRun();
    const root = `0/${runId}/artifacts/`;
    const folder = deep(90);
    const name = 'x'.repeat(150);
    const rest = longestPath - root.length - folder.length - 4 * 151;
    const path = (length: number): string => `${folder}${`${name}/`.repeat(4)}${'y'.repeat(length)}`;
    const byBrowser = (length: number): ReturnType<typeof ask> =>
      ask('POST', `/ajax-api/2.0/mlflow/upload-artifact?run_uuid=${runId}&path=${path(length)}`, 'x');
    await expectRefusal(/1025 bytes of at most 1024, the folder of its run included/, byBrowser(rest + 1));
    await expectRefusal(/1025 bytes/, ask('PUT', `${proxy}/${root}${path(rest + 1)}`, 'x'));
    expect((await byBrowser(rest))[0]).to.equal(200);
    expect(await ask('GET', `/get-artifact?run_id=${runId}&path=${path(rest)}`)).to.deep.equal([200, 'x']);
    expect((await ask('PUT', `${proxy}/${root}${path(rest)}`, 'y'))[0]).to.equal(200);
  });

  it('are found, listed and removed where they are there', async () => {
    const runId = await newRun();
    const root = `0/${runId}/artifacts`;
    await writeDeep(artifacts, `${root}/${deep()}f`, `${root}/${deep()}g`);
    expect(await ask('GET', `${proxy}/${root}/${deep()}f`)).to.deep.equal([200, 'x']);
    const folder = deep().slice(0, -1);
    const listed = await api.get('artifacts/list', { run_id: runId, path: folder });
    expect((listed['files'] as { path: string }[]).map(({ path }) => path)).to.deep.equal([
      `${folder}/f`,
      `${folder}/g`,
    ]);
    expect(await ask('DELETE', `${proxy}/${root}/${deep()}f`)).to.deep.equal([200, '{}']);
    expect(await ask('DELETE', `${proxy}/0`)).to.deep.equal([200, '{}']);
    expect(readdirSync(join(staging, 'removed'))).to.deep.equal([]);
    expect(readdirSync(artifacts)).to.deep.equal(['.kirka-staging']);
  });

  it('do not end a start where a process that was killed had them under its hands', async () => {
    await backend.kill('SIGKILL');
    await writeDeep(staging, `4194999-1-ended/left/${deep()}f`);
    await start();
    expect((await ask('GET', '/health'))[0]).to.equal(200);
    await isSwept();
    await backend.kill('SIGTERM');
    await start();
    expect(backend.log.filter((line) => !line.includes('"level":30'))).to.deep.equal([]);
  });

  it('are removed by gc with their run', async () => {
    const runId = await newRun();
    await writeDeep(artifacts, `0/${runId}/artifacts/${deep()}f`);
    await api.post('runs/delete', { run_id: runId });
    const gc = runKirka('gc', '--data', data.path, '--older-than', '0s', '--apply');
    expect([await gc.exit, gc.errors()]).to.deep.equal([0, '']);
    expect(gc.output()).to.include(`run ${runId} removed`);
    await isSwept();
    const again = runKirka('gc', '--data', data.path, '--older-than', '0s', '--apply');
    expect([await again.exit, again.errors()]).to.deep.equal([0, '']);
  });
});
