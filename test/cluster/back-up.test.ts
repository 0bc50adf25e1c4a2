import { expect } from 'chai';
import { forEachOf } from '../../backend/several.ts';
import type { MlflowApi } from '../support/mlflow-api.ts';
import { administer, linesOf } from './support/administer.ts';
import { cluster } from './support/hooks.ts';
import { install } from './support/kirka.ts';
import type { ClusterBackend, Installation } from './support/kirka.ts';
import { startWriting } from './support/writing.ts';

interface Run {
  readonly info: { readonly run_id: string; readonly artifact_uri: string };
}

describe('what docs/operations.md says of back-ups in HBase and HDFS', function () {
  this.timeout(600_000);
  let kirka: Installation;
  let backend: ClusterBackend;
  let experiment: string;
  let run: Run;

  before(async () => {
    kirka = await install();
    // The tables are empty as yet, which is when these lines are to be typed.
    await administer(splits());
    backend = await kirka.start();
    const { api } = backend;
    experiment = String((await api.post('experiments/create', { name: 'kept' })).experiment_id);
    ({ run } = (await api.post('runs/create', { experiment_id: experiment, start_time: 1 })) as { run: Run });
  });
  after(() => kirka.dispose());

  const splits = (): readonly string[] =>
    kirka.printed.split('\n').flatMap((line) => /^ {2}(split .*)$/.exec(line)?.[1] ?? []);

  /** The lines of a block, for these tables and this folder. */
  const lines = (block: string): readonly string[] =>
    linesOf(block).map((line) =>
      line
        .replaceAll('/kirka/artifacts', kirka.root)
        .replaceAll('/kirka/restored', `${kirka.root}-restored`)
        .replaceAll("'kirka_", `'${kirka.tablePrefix}_`)
        .replaceAll("'restored_", `'${kirka.tablePrefix}restored_`),
    );

  const artifactOf = ({ url }: ClusterBackend, name: string): string =>
    `${url}/api/2.0/mlflow-artifacts/artifacts/${experiment}/${run.info.run_id}/artifacts/${name}`;

  const upload = async (name: string, body: string): Promise<void> => {
    const { status } = await fetch(artifactOf(backend, name), { method: 'PUT', body });
    expect(status).to.equal(200);
  };

  async function answersOf(asked: ClusterBackend): Promise<readonly unknown[]> {
    const { api } = asked;
    const download = await fetch(artifactOf(asked, 'model/weights'));
    return [
      await api.get('experiments/get-by-name', { experiment_name: 'kept' }),
      await api.post('runs/search', { experiment_ids: [experiment], run_view_type: 'ALL' }),
      await api.get('runs/get', { run_id: run.info.run_id }),
      await api.get('metrics/get-history', { run_id: run.info.run_id, metric_key: 'loss' }),
      await api.get('registered-models/get', { name: 'model' }),
      await api.get('model-versions/get', { name: 'model', version: '1' }),
      await api.get('artifacts/list', { run_id: run.info.run_id }),
      [download.status, await download.text()],
    ];
  }

  /** Every run that a search finds is found by its id, and so is its experiment. */
  async function checkRuns(api: MlflowApi): Promise<number> {
    const { runs = [] } = (await api.post('runs/search', { experiment_ids: ['0'], max_results: 50_000 })) as {
      runs?: readonly Run[];
    };
    await forEachOf(runs, async ({ info }) => {
      expect(await api.get('runs/get', { run_id: info.run_id })).to.have.nested.property(
        'run.info.run_id',
        info.run_id,
      );
    });
    return runs.length;
  }

  it('splits empty tables by the lines that store init prints', async () => {
    expect(splits()).to.have.length.above(3);
    const regions = (await cluster().admin.hbase('regions', `${kirka.tablePrefix}_runs`)).trim().split('\n');
    expect(regions).to.have.length(splits().filter((line) => line.includes('_runs')).length + 1);
  });

  it('gives back what was, beside what runs and in its place', async () => {
    const { api } = backend;
    const { run_id: runId, artifact_uri: uri } = run.info;
    const metrics = Array.from({ length: 50 }, (_, step) => ({
      key: 'loss',
      value: 1 / (step + 1),
      timestamp: 1,
      step,
    }));
    await api.post('runs/log-batch', { run_id: runId, metrics, params: [{ key: 'lr', value: '1' }] });
    await api.post('registered-models/create', { name: 'model' });
    await api.post('model-versions/create', { name: 'model', source: `${uri}/model`, run_id: runId });
    await upload('model/weights', 'first');
    const before = await answersOf(backend);

    const writing = startWriting([api], 'meanwhile');
    await writing.goOn(20, 120);
    await administer(lines('back up'));
    await writing.endAndCheck(api);

    // What is to be undone.
    await api.post('runs/log-parameter', { run_id: runId, key: 'later', value: '2' });
    await api.post('runs/delete', { run_id: runId });
    await api.post('experiments/update', { experiment_id: experiment, new_name: 'renamed' });
    await api.post('registered-models/rename', { name: 'model', new_name: 'other' });
    await upload('model/weights', 'second');
    await upload('model/added', 'added');

    await administer(lines('look'));
    const elsewhere = [
      ...['--hbase-table-prefix', `${kirka.tablePrefix}restored`],
      ...['--webhdfs-root', `${kirka.root}-restored`],
    ];
    const beside = await kirka.start({ flags: elsewhere });
    expect(await answersOf(beside)).to.deep.equal(before);
    const kept = await checkRuns(beside.api);
    expect(kept).to.be.above(0);
    await beside.kill('SIGTERM');

    await backend.kill('SIGTERM');
    await administer(lines('restore'));
    backend = await kirka.start();
    expect(await answersOf(backend)).to.deep.equal(before);
    expect((await fetch(artifactOf(backend, 'model/added'))).status).to.equal(404);
    expect(await checkRuns(backend.api)).to.equal(kept);
    const again = startWriting([backend.api], 'restored');
    await again.goOn(20, 120);
    await again.endAndCheck(backend.api);
    await upload('model/weights', 'third');
  });
});
