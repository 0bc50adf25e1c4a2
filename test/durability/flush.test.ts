import { execFileSync } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as wait } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';
import { expect } from 'chai';
import { startBackendProcess } from '../support/backend-process.ts';
import type { BackendProcess } from '../support/backend-process.ts';
import { MlflowApi } from '../support/mlflow-api.ts';

/**
 * kill -9 leaves the page cache, so it cannot show whether an acknowledged write was flushed. Here the C library's own
 * flush calls are held back under a real backend: no answer to a write may leave before they return.
 */
describe('an answer to a write', () => {
  const folder = mkdtempSync(join(tmpdir(), 'kirka-flush-'));
  const library = join(folder, 'hold-flush.so');
  const flag = join(folder, 'hold');
  let backend: BackendProcess;
  let api: MlflowApi;
  let runId: string;

  before(async () => {
    const source = fileURLToPath(new URL('hold-flush.c', import.meta.url));
    execFileSync('cc', ['-shared', '-fPIC', '-O1', '-o', library, source, '-ldl']);
    const env = { LD_PRELOAD: library, KIRKA_HOLD_FLUSH: flag };
    backend = await startBackendProcess({ data: join(folder, 'data'), env });
    api = new MlflowApi(backend.url);
    const { run } = await api.post('runs/create', { experiment_id: '0' });
    runId = (run as { info: { run_id: string } }).info.run_id;
  });

  after(async () => {
    rmSync(flag, { force: true });
    await backend.kill('SIGKILL');
    rmSync(folder, { recursive: true, force: true });
  });

  const artifact = (): Promise<unknown> =>
    fetch(`${backend.url}/api/2.0/mlflow-artifacts/artifacts/0/${runId}/artifacts/a.txt`, { method: 'PUT', body: 'x' });

  const writes: Readonly<Record<string, () => Promise<unknown>>> = {
    'experiments/create': () => api.post('experiments/create', { name: 'held' }),
    'experiments/update': () => api.post('experiments/update', { experiment_id: '0', new_name: 'Other' }),
    'experiments/delete': () => api.post('experiments/delete', { experiment_id: '1' }),
    'runs/create': () => api.post('runs/create', { experiment_id: '0' }),
    'runs/log-metric': () => api.post('runs/log-metric', { run_id: runId, key: 'm', value: 1, timestamp: 1 }),
    'runs/log-parameter': () => api.post('runs/log-parameter', { run_id: runId, key: 'p', value: 'v' }),
    'runs/log-batch': () => api.post('runs/log-batch', { run_id: runId, tags: [{ key: 't', value: 'v' }] }),
    'runs/set-tag': () => api.post('runs/set-tag', { run_id: runId, key: 'u', value: 'v' }),
    'runs/update': () => api.post('runs/update', { run_id: runId, status: 'FINISHED' }),
    'artifact upload': artifact,
  };

  for (const [name, write] of Object.entries(writes)) {
    it(`does not leave before the flush: ${name}`, async () => {
      writeFileSync(flag, '');
      let answered = false;
      const answer = write().then(() => (answered = true));
      await wait(250);
      expect(answered, 'answered while the flush was held back').to.equal(false);
      // Reads go on meanwhile: it is the write that waits, not the server.
      expect((await fetch(`${backend.url}/health`)).status).to.equal(200);
      expect(answered).to.equal(false);
      rmSync(flag);
      await answer;
    });
  }
});
