import { setTimeout as sleep } from 'node:timers/promises';
import { expect } from 'chai';
import { forEachOf } from '../../backend/several.ts';
import type { MlflowApi } from './mlflow-api.ts';

interface RunData {
  readonly metrics?: readonly { key: string; value: number }[];
  readonly params?: readonly { key: string }[];
  readonly tags?: readonly { key: string }[];
}

interface Experiment {
  readonly experiment_id: string;
  readonly name: string;
}

/** What a server has acknowledged, and what it has been asked for without an answer; kept by the clients. */
export class Ledger {
  readonly runs = new Set<string>();
  /** Runs whose batch was acknowledged. */
  readonly batches = new Set<string>();
  /** Ids of experiments by the name under which they were acknowledged last. */
  readonly experiments = new Map<string, string>();
  /** Renames without an answer: the id stands under one of both names. */
  readonly renames: { readonly id: string; readonly names: readonly [string, string] }[] = [];
  /** Calls that got no answer, or one that says the server could not. */
  failures = 0;
  /** Those of them that were under way when the server went, by what was called: `runs/log-batch`. */
  readonly brokenOff = new Map<string, number>();

  get acknowledged(): number {
    return this.runs.size + this.batches.size + this.experiments.size;
  }
}

/** Whether a call may or may not have been done; any other refusal is a defect, and is thrown. */
function gotNoAnswer(error: unknown): boolean {
  if (error instanceof Error && /^4\d\d /.test(error.message)) throw error;
  return true;
}

/** Whether the connection stood, and went before the answer. */
function brokeOff(error: unknown): boolean {
  const { cause } = error as { readonly cause?: { readonly code?: string } };
  return error instanceof TypeError && cause?.code !== 'ECONNREFUSED';
}

/** How many points, params and tags a batch has, and how many points the history then has. */
const batchParts = [1, 1, 1, 3].join();
const noParts = [0, 0, 0, 0].join();

const batchOf = (runId: string): object => ({
  run_id: runId,
  metrics: [0, 1, 2].map((step) => ({ key: 'm', value: step, timestamp: step, step })),
  params: [{ key: 'p', value: 'x' }],
  tags: [{ key: 't', value: 'x' }],
});

/**
 * A client that makes runs, logs batches, makes and renames experiments, one call after the other, until it is told to
 * stop. A call without an answer is not repeated: what became of it is checked.
 */
export async function write(api: MlflowApi, ledger: Ledger, name: string, goesOn: () => boolean): Promise<void> {
  const attempt = async (path: string, body: object): Promise<Record<string, unknown> | undefined> => {
    try {
      return await api.post(path, body);
    } catch (error) {
      if (gotNoAnswer(error)) ledger.failures++;
      if (brokeOff(error)) ledger.brokenOff.set(path, (ledger.brokenOff.get(path) ?? 0) + 1);
      await sleep(20);
      return undefined;
    }
  };
  for (let number = 0; goesOn(); number++) {
    const created = await attempt('runs/create', { experiment_id: '0', start_time: number });
    if (created) {
      const runId = (created.run as { info: { run_id: string } }).info.run_id;
      ledger.runs.add(runId);
      if (await attempt('runs/log-batch', batchOf(runId))) ledger.batches.add(runId);
    }
    if (!goesOn()) return;
    const [first, second] = [`${name}-${String(number)}`, `${name}-${String(number)}-renamed`];
    const made = await attempt('experiments/create', { name: first });
    if (!made) continue;
    const id = String(made.experiment_id);
    const renamed = await attempt('experiments/update', { experiment_id: id, new_name: second });
    if (renamed) ledger.experiments.set(second, id);
    else ledger.renames.push({ id, names: [first, second] });
  }
}

/** Every acknowledged write is there, and of what was not acknowledged all or nothing. */
export async function check(api: MlflowApi, ledger: Ledger): Promise<void> {
  await forEachOf([...ledger.runs], async (runId) => {
    const found = await partsOf(api, runId);
    if (ledger.batches.has(runId)) expect(found, runId).to.equal(batchParts);
    else if (found !== noParts && found !== batchParts) {
      // A server may yet have been doing it, between the one read and the other: then it is done now.
      expect(await partsOf(api, runId), `${runId}, ${found} before`).to.equal(batchParts);
    }
  });
  await forEachOf([...ledger.experiments], async ([name, id]) => {
    expect(await idOf(api, name), name).to.equal(id);
    expect(await idOf(api, name.replace(/-renamed$/, '')), `the old name of ${name}`).to.equal(undefined);
  });
  await forEachOf(ledger.renames, async ({ id, names }) => {
    const { experiment } = await api.get('experiments/get', { experiment_id: id });
    const { name } = experiment as Experiment;
    expect(names).to.include(name);
    const [other] = names.filter((each) => each !== name);
    expect([await idOf(api, name), await idOf(api, other ?? '')], name).to.deep.equal([id, undefined]);
  });
}

async function partsOf(api: MlflowApi, runId: string): Promise<string> {
  const { run } = await api.get('runs/get', { run_id: runId });
  const { metrics = [], params = [], tags = [] } = (run as { data: RunData }).data;
  const history = await api.get('metrics/get-history', { run_id: runId, metric_key: 'm' });
  const points = ((history.metrics ?? []) as unknown[]).length;
  return [metrics.length, params.length, tags.filter((tag) => tag.key === 't').length, points].join();
}

async function idOf(api: MlflowApi, name: string): Promise<string | undefined> {
  try {
    const { experiment } = await api.get('experiments/get-by-name', { experiment_name: name });
    return (experiment as Experiment).experiment_id;
  } catch (error) {
    if (error instanceof Error && error.message.startsWith('404 ')) return undefined;
    throw error;
  }
}
