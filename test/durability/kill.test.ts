import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as wait } from 'node:timers/promises';
import { expect } from 'chai';
import { startBackendProcess } from '../support/backend-process.ts';
import { MlflowApi } from '../support/mlflow-api.ts';

const rounds = 50;
const writers = 8;

interface Batch {
  readonly runId: string;
  readonly number: number;
}

interface RunData {
  readonly metrics?: readonly { key: string; value: number }[];
  readonly params?: readonly { key: string }[];
  readonly tags?: readonly { key: string }[];
}

/** What a killed backend acknowledged, kept by the clients. */
class Ledger {
  readonly runs = new Set<string>();
  readonly batches: Batch[] = [];
  readonly experiments = new Set<string>();
}

/** Writes until the backend is gone; what was answered goes into the ledger. */
async function writeUntilGone(api: MlflowApi, ledger: Ledger, name: string): Promise<void> {
  try {
    for (let number = 0; ; number++) {
      const { run } = await api.post('runs/create', { experiment_id: '0', start_time: number });
      const runId = (run as { info: { run_id: string } }).info.run_id;
      ledger.runs.add(runId);
      await api.post('runs/log-batch', batch(runId, number));
      ledger.batches.push({ runId, number });
      await api.post('experiments/create', { name: `${name}-${number}` });
      ledger.experiments.add(`${name}-${number}`);
    }
  } catch (error) {
    if (error instanceof Error && /^\d{3} /.test(error.message)) throw error;
  }
}

const batch = (runId: string, number: number): object => ({
  run_id: runId,
  metrics: [0, 1, 2].map((step) => ({ key: 'm', value: number, timestamp: step, step })),
  params: [{ key: 'p', value: String(number) }],
  tags: [{ key: 't', value: String(number) }],
});

/** Every acknowledged write is there, and of a batch that was not acknowledged all or nothing. */
async function check(api: MlflowApi, ledger: Ledger): Promise<void> {
  const acknowledged = new Set(ledger.batches.map(({ runId }) => runId));
  for (const runId of ledger.runs) {
    const { run } = await api.get('runs/get', { run_id: runId });
    const { metrics = [], params = [], tags = [] } = (run as { data: RunData }).data;
    const parts = [metrics.length, params.length, tags.filter((tag) => tag.key === 't').length];
    const history = await api.get('metrics/get-history', { run_id: runId, metric_key: 'm' });
    const points = ((history.metrics ?? []) as unknown[]).length;
    if (acknowledged.has(runId)) expect([...parts, points]).to.deep.equal([1, 1, 1, 3]);
    else expect([[0, 0, 0, 0].join(), [1, 1, 1, 3].join()]).to.include([...parts, points].join());
  }
  for (const name of ledger.experiments) await api.get('experiments/get-by-name', { experiment_name: name });
}

describe('a backend that is killed with kill -9 while it writes', () => {
  const data = mkdtempSync(join(tmpdir(), 'kirka-kill-'));
  after(() => rmSync(data, { recursive: true, force: true }));

  it(`opens again with every acknowledged write, ${rounds} times`, async function () {
    this.timeout(300_000);
    let acknowledged = 0;
    for (let round = 0; round < rounds; round++) {
      const ledger = new Ledger();
      const backend = await startBackendProcess({ data });
      const api = new MlflowApi(backend.url);
      const writing = Array.from({ length: writers }, (_, i) => writeUntilGone(api, ledger, `r${round}-w${i}`));
      await wait(60 + Math.random() * 200);
      await backend.kill('SIGKILL');
      await Promise.all(writing);

      const reopened = await startBackendProcess({ data });
      await check(new MlflowApi(reopened.url), ledger);
      await reopened.kill('SIGKILL');
      acknowledged += ledger.runs.size + ledger.batches.length + ledger.experiments.size;
    }
    expect(acknowledged).to.be.greaterThan(rounds * writers);
  });
});
