import { expect } from 'chai';
import { background } from '../../../backend/call-context.ts';
import { createExperimentService } from '../../../backend/services/experiments.ts';
import type { ExperimentService } from '../../../backend/services/experiments.ts';
import { createMetricService } from '../../../backend/services/metrics.ts';
import { createRunService } from '../../../backend/services/runs.ts';
import type { LoggedPoint, RunService } from '../../../backend/services/runs.ts';
import { refusalOf } from '../../support/refusal.ts';
import { openTemporaryStore } from './temporary-store.ts';
import type { TemporaryStore } from './temporary-store.ts';

const point = (key: string, value: number, step = 0, timestamp = 1): LoggedPoint => ({ key, value, timestamp, step });

describe('runs', () => {
  let temporary: TemporaryStore;
  let experiments: ExperimentService;
  let runs: RunService;
  before(async () => {
    temporary = await openTemporaryStore();
    experiments = createExperimentService(temporary.store.experiments);
    runs = createRunService(temporary.store);
  });
  after(() => temporary.remove());

  async function newRun(experimentId = '0', tags: readonly { key: string; value: string }[] = [], runName = '') {
    const { run } = await runs.create(background, { experimentId, userId: 'ada', startTime: 5, runName, tags });
    return run.info.runId;
  }
  const stageOf = async (runId: string): Promise<string> => (await runs.get(background, runId)).stage;

  it('names a run after its tag, its argument, or at random', async () => {
    const tag = (value: string) => [{ key: 'mlflow.runName', value }];
    const nameOf = async (id: string) => {
      const { run } = await runs.get(background, id);
      expect(run.tags.get('mlflow.runName')).to.equal(run.info.runName);
      return run.info.runName;
    };
    expect(await nameOf(await newRun('0', tag('by tag')))).to.equal('by tag');
    expect(await nameOf(await newRun('0', [], 'by argument'))).to.equal('by argument');
    expect(await nameOf(await newRun())).to.match(/^[a-z]{3,7}-[a-z]{3,7}-\d{1,4}$/);
    expect(await refusalOf(newRun('0', tag('a'), 'b'))).to.contain("(run_name='b', mlflow.runName='a')");
  });

  it("refuses a new run's tag whose key no engine could keep", async () => {
    const tag = (key: string) => [{ key, value: 'x' }];
    const longest = '日'.repeat(333);
    const { run } = await runs.get(background, await newRun('0', tag(longest)));
    expect(run.tags.get(longest)).to.equal('x');
    expect(await refusalOf(newRun('0', tag(`${longest}日`)))).to.contain('maximum length of 1000 bytes');
  });

  it('keeps run name and tag in step', async () => {
    const id = await newRun('0', [], 'first');
    await runs.setTag(background, id, { key: 'mlflow.runName', value: 'second' });
    expect((await runs.get(background, id)).run.info.runName).to.equal('second');
    await runs.update(background, id, { runName: 'third' });
    expect((await runs.get(background, id)).run.tags.get('mlflow.runName')).to.equal('third');
    await runs.logBatch(background, id, {
      metrics: [],
      params: [],
      tags: [{ key: 'mlflow.runName', value: 'fourth' }],
    });
    await runs.setTag(background, id, { key: 'mlflow.runName', value: '' });
    const { run } = await runs.get(background, id);
    expect([run.info.runName, run.tags.get('mlflow.runName')]).to.deep.equal(['fourth', 'fourth']);
  });

  it('refuses every write to a deleted run, and none to a restored one', async () => {
    const id = await newRun();
    const writes = (): Promise<unknown>[] => [
      runs.update(background, id, { status: 'FAILED' }),
      runs.logMetric(background, id, point('m', 1)),
      runs.logParam(background, id, { key: 'p', value: '1' }),
      runs.setTag(background, id, { key: 't', value: '1' }),
      runs.deleteTag(background, id, 't'),
      runs.logBatch(background, id, { metrics: [], params: [], tags: [] }),
    ];
    await runs.delete(background, id);
    for (const write of writes()) {
      expect(await refusalOf(write)).to.equal(
        `INVALID_PARAMETER_VALUE The run ${id} must be in the 'active' state. Current state is deleted.`,
      );
    }
    await runs.restore(background, id);
    for (const write of writes()) await write;
  });

  it('deletes and restores runs with their experiment, whatever their own stage was', async () => {
    const experiment = await experiments.create(background, { name: 'of runs', tags: [] });
    const [kept, deleted] = [await newRun(experiment), await newRun(experiment)];
    await runs.delete(background, deleted);
    await experiments.delete(background, experiment);
    expect([await stageOf(kept), await stageOf(deleted)]).to.deep.equal(['deleted', 'deleted']);
    expect(await refusalOf(runs.logMetric(background, kept, point('m', 1)))).to.contain('Current state is deleted.');
    expect(await refusalOf(newRun(experiment))).to.contain("must be in the 'active' state");
    await runs.restore(background, kept);
    expect(await stageOf(kept), 'restored by itself in a deleted experiment').to.equal('active');
    await experiments.restore(background, experiment);
    expect([await stageOf(kept), await stageOf(deleted)]).to.deep.equal(['active', 'active']);
    await runs.delete(background, deleted);
    expect([await stageOf(kept), await stageOf(deleted)]).to.deep.equal(['active', 'deleted']);
  });

  it('keeps the first value of a param', async () => {
    const id = await newRun();
    const batch = (...params: { key: string; value: string }[]) =>
      runs.logBatch(background, id, { metrics: [], params, tags: [] });
    await runs.logParam(background, id, { key: 'p', value: '1' });
    await runs.logParam(background, id, { key: 'p', value: '1' });
    expect(await refusalOf(runs.logParam(background, id, { key: 'p', value: '2' }))).to.equal(
      `INVALID_PARAMETER_VALUE Changing param values is not allowed. Param with key='p' was already logged with ` +
        `value='1' for run ID='${id}'. Attempted logging new value '2'.`,
    );
    expect(await refusalOf(batch({ key: 'p', value: "it's" }, { key: 'q', value: 'new' }))).to.equal(
      `INVALID_PARAMETER_VALUE Changing param values is not allowed. Params were already logged='[{'key': 'p', ` +
        `'old_value': '1', 'new_value': "it's"}]' for run ID='${id}'.`,
    );
    expect(await refusalOf(batch({ key: 'a', value: '1' }, { key: 'a', value: '1' }))).to.contain("submitted: ['a'].");
    expect(Object.fromEntries((await runs.get(background, id)).run.params)).to.deep.equal({ p: '1' });
  });

  it('writes a batch whole or not at all', async () => {
    const id = await newRun();
    await runs.logParam(background, id, { key: 'p', value: '1' });
    const tags = [{ key: 't', value: '1' }];
    await refusalOf(
      runs.logBatch(background, id, { metrics: [point('m', 1)], params: [{ key: 'p', value: '2' }], tags }),
    );
    const { run } = await runs.get(background, id);
    expect([run.metrics.size, run.tags.has('t')]).to.deep.equal([0, false]);
  });

  it('cuts values that are too long by code points, and refuses long keys', async () => {
    const id = await newRun();
    await runs.logParam(background, id, { key: 'p', value: '\u{1f600}'.repeat(6001) });
    await runs.setTag(background, id, { key: 't', value: 'x'.repeat(8001) });
    const { run } = await runs.get(background, id);
    expect(run.params.get('p')).to.equal('\u{1f600}'.repeat(6000));
    expect(run.tags.get('t')).to.equal('x'.repeat(8000));
    const key = 'k'.repeat(251);
    expect(await refusalOf(runs.logParam(background, id, { key, value: '' }))).to.contain("'Param key' exceeds");
    expect(await refusalOf(runs.setTag(background, id, { key, value: '' }))).to.contain("'key' exceeds");
    expect(await refusalOf(runs.logMetric(background, id, point(key, 1)))).to.contain("'Metric name' exceeds");
  });

  it('takes the highest step for the latest value, also within a batch, and the same point once', async () => {
    const id = await newRun();
    await runs.logMetric(background, id, point('m', 5, 3));
    const metrics = [point('m', 9, 2), point('m', 7, 4), point('m', 6, 4), point('m', 7, 4), point('n', Infinity)];
    await runs.logBatch(background, id, { metrics, params: [], tags: [] });
    const { run } = await runs.get(background, id);
    expect(run.metrics.get('m')).to.deep.equal(point('m', 7, 4));
    expect(run.metrics.get('n')?.value).to.equal(Number.MAX_VALUE);
    const { points } = await createMetricService(temporary.store.runs).history(background, { runId: id, key: 'm' });
    expect(points.map(({ value }) => value)).to.deep.equal([9, 5, 6, 7]);
  });

  it('refuses points that MLflow refuses', async () => {
    const id = await newRun();
    expect(await refusalOf(runs.logMetric(background, id, point('m', NaN, 0, -1)))).to.equal(
      "INVALID_PARAMETER_VALUE Invalid value -1 for parameter 'timestamp' supplied: metric 'm' (value=nan). " +
        'Timestamp must be a nonnegative long (64-bit integer) ',
    );
    expect(await refusalOf(runs.logMetric(background, id, { ...point('m', 1), modelId: 'm-1' }))).to.match(
      /^BAD_REQUEST /,
    );
    expect(await refusalOf(runs.logMetric(background, id, { ...point('m', 1), datasetName: 'd' }))).to.contain(
      'dataset_digest',
    );
    expect((await runs.get(background, id)).run.metrics.size).to.equal(0);
  });

  it('says what is not there', async () => {
    const missing = 'RESOURCE_DOES_NOT_EXIST Run with id=nope not found';
    for (const work of [
      runs.get(background, 'nope'),
      runs.delete(background, 'nope'),
      runs.setTag(background, 'nope', { key: 'a', value: '' }),
    ]) {
      expect(await refusalOf(work)).to.equal(missing);
    }
    const id = await newRun();
    expect(await refusalOf(runs.deleteTag(background, id, 't'))).to.equal(
      `RESOURCE_DOES_NOT_EXIST No tag with name: t in run with id ${id}`,
    );
    expect(await refusalOf(newRun('777'))).to.equal('RESOURCE_DOES_NOT_EXIST No Experiment with id=777 exists');
  });
});
