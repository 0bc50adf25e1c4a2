import { expect } from 'chai';
import { background } from '../../../backend/call-context.ts';
import type { Services } from '../../../backend/create-services.ts';
import { MlflowError } from '../../../backend/errors.ts';
import type { BodyCall } from '../../../backend/handler.ts';
import { metricHandlers } from '../../../backend/handlers/metrics/index.ts';
import { metricRoutes } from '../../../backend/manifest/metrics.ts';
import { createMetricService } from '../../../backend/services/metrics.ts';
import { createRunService } from '../../../backend/services/runs.ts';
import { openTemporaryStore } from '../services/temporary-store.ts';
import type { TemporaryStore } from '../services/temporary-store.ts';

const seeDocs = ' See the API docs for more information about request parameters.';

/** What MLflow 3.17.2 answered to the same requests. */
describe('metric history answers', () => {
  let temporary: TemporaryStore;
  let services: Services;
  let run: string;
  before(async () => {
    temporary = await openTemporaryStore();
    const runs = createRunService(temporary.store);
    services = { runs, metrics: createMetricService(temporary.store.runs) } as unknown as Services;
    const created = await runs.create(background, {
      experimentId: '0',
      userId: '',
      runName: '',
      startTime: 0,
      tags: [],
    });
    run = created.run.info.runId;
    const points = [
      [1, NaN],
      [2, 1],
      [-3, -Infinity],
    ] as const;
    const metrics = points.map(([step, value]) => ({ key: 'm', value, timestamp: step + 10, step }));
    await runs.logBatch(background, run, { metrics, params: [], tags: [] });
  });
  after(() => temporary.remove());

  async function answer(id: keyof typeof metricHandlers, query: string): Promise<string> {
    const call: BodyCall = {
      route: metricRoutes[0],
      method: 'GET',
      params: {},
      query: new URLSearchParams(query.replaceAll('RUN', run)),
      header: () => undefined,
      context: background,
      requestId: '',
      body: Buffer.alloc(0),
    };
    try {
      return String((await metricHandlers[id](call, services)).body).replaceAll(run, 'RUN');
    } catch (error) {
      if (error instanceof MlflowError) return error.message;
      throw error;
    }
  }

  it('of the bulk history, with a bare NaN', async () => {
    const bulk = (query: string): Promise<string> => answer('metrics.getHistoryBulk', query);
    expect(await bulk('run_id=RUN&metric_key=m')).to.equal(
      '{"metrics":[{"key":"m","run_id":"RUN","step":-3,"timestamp":7,"value":-1.7976931348623157e+308},' +
        '{"key":"m","run_id":"RUN","step":1,"timestamp":11,"value":NaN},' +
        '{"key":"m","run_id":"RUN","step":2,"timestamp":12,"value":1.0}]}',
    );
    expect(await bulk('run_id=x&metric_key=m')).to.equal('{"metrics":[]}');
    expect(await bulk('')).to.equal('GetMetricHistoryBulk request must specify at least one run_id.');
    expect(await bulk('run_id=x')).to.equal('GetMetricHistoryBulk request must specify a metric_key.');
    expect(await bulk('run_id=x&'.repeat(101) + 'metric_key=m')).to.equal(
      'GetMetricHistoryBulk request cannot specify more than 100 run_ids. Received 101 run_ids.',
    );
    expect(await bulk('run_id=RUN&metric_key=m&max_results=x')).to.contain(
      `Invalid value "x" for parameter 'max_results'`,
    );
  });

  it('of the sampled history', async () => {
    const sample = (query: string): Promise<string> => answer('metrics.getHistoryBulkInterval', query);
    const stepsOf = async (query: string): Promise<unknown> =>
      ((JSON.parse(await sample(query)) as { metrics?: { step: number }[] }).metrics ?? []).map(({ step }) => step);
    expect(await stepsOf('run_ids=RUN&metric_key=m')).to.deep.equal([-3, 1, 2]);
    expect(await stepsOf('run_ids=RUN&metric_key=m&max_results=2')).to.deep.equal([-3, 2]);
    expect(await stepsOf('run_ids=RUN&metric_key=m&start_step=1&end_step=99999999999')).to.deep.equal([1, 2]);
    expect(await stepsOf('run_ids=x&metric_key=m')).to.deep.equal([]);
    const refused: [string, string][] = [
      ['', `Missing value for required parameter 'run_ids'.${seeDocs}`],
      ['run_ids=x', `Missing value for required parameter 'metric_key'.${seeDocs}`],
      ['run_ids=x&metric_key=m&max_results=0', `max_results must be between 1 and 2500.${seeDocs}`],
      [
        'run_ids=x&metric_key=m&start_step=1',
        'If either start step or end step are specified, both must be specified.',
      ],
      [
        'run_ids=x&metric_key=m&start_step=1&end_step=0',
        'end_step must be greater than start_step. Found start_step=1 and end_step=0.',
      ],
      [
        'run_ids=x&'.repeat(101) + 'metric_key=m',
        `GetMetricHistoryBulkInterval request must specify at most 100 run_ids. Received 101 run_ids.${seeDocs}`,
      ],
      [
        'run_ids=x&metric_key=m&start_step=1.5&end_step=3',
        `Invalid value "1.5" for parameter 'start_step' supplied:  Hint: Value was of type 'str'.${seeDocs}`,
      ],
    ];
    for (const [query, message] of refused) expect(await sample(query), query).to.equal(message);
  });

  it('of one history', async () => {
    const history = (query: string): Promise<string> => answer('metrics.getHistory', query);
    expect(await history('run_uuid=RUN&metric_key=none')).to.equal('{}');
    expect(await history('run_id=RUN&metric_key=m&max_results=0')).to.equal(
      "Invalid value 0 for parameter 'max_results' supplied. It must be a positive integer.",
    );
    const page = JSON.parse(await history('run_id=RUN&metric_key=m&max_results=2')) as Record<string, unknown>;
    expect(Object.keys(page)).to.deep.equal(['metrics', 'next_page_token']);
  });
});
