import { expect } from 'chai';
import type { MlflowApi } from '../support/mlflow-api.ts';
import type { Installation } from './support/kirka.ts';
import { install } from './support/kirka.ts';

const clients = 64;

interface RunData {
  readonly params?: readonly { readonly key: string; readonly value: string }[];
}

describe(`two backends and ${String(clients)} clients that race`, function () {
  this.timeout(180_000);
  let kirka: Installation;
  let apis: readonly MlflowApi[];

  before(async () => {
    kirka = await install();
    apis = await Promise.all([kirka.start(), kirka.start()]).then((backends) => backends.map(({ api }) => api));
  });
  after(() => kirka.dispose());

  /** What each client got: its answer, or the refusal's text. */
  const race = <T>(call: (api: MlflowApi, client: number) => Promise<T>): Promise<(T | string)[]> =>
    Promise.all(
      Array.from({ length: clients }, (_, client) =>
        call(apis[client % apis.length] as MlflowApi, client).catch((error: unknown) => String(error)),
      ),
    );

  it('for one name: one has it, the others are told', async () => {
    const answers = await race((api) => api.post('experiments/create', { name: 'contested' }));
    const losers = answers.filter((answer) => typeof answer === 'string');
    expect(losers).to.have.length(clients - 1);
    for (const loser of losers) expect(loser).to.match(/400 .*RESOURCE_ALREADY_EXISTS/);
    const { experiment } = await (apis[0] as MlflowApi).get('experiments/get-by-name', {
      experiment_name: 'contested',
    });
    const winner = answers.find((answer) => typeof answer !== 'string');
    expect((experiment as { experiment_id: string }).experiment_id).to.equal(winner?.experiment_id);
  });

  it('for the next experiment id: distinct numbers, without a gap', async () => {
    const answers = await race((api, client) => api.post('experiments/create', { name: `distinct-${String(client)}` }));
    const ids = answers.map((answer) => Number(typeof answer === 'string' ? NaN : answer.experiment_id));
    ids.sort((a, b) => a - b);
    expect(ids).to.deep.equal(Array.from({ length: clients }, (_, i) => (ids[0] ?? 0) + i));
  });

  it('for one param: one value stays, the others are told', async () => {
    const { run } = await (apis[0] as MlflowApi).post('runs/create', { experiment_id: '0' });
    const runId = (run as { info: { run_id: string } }).info.run_id;
    const answers = await race((api, client) =>
      api.post('runs/log-parameter', { run_id: runId, key: 'once', value: String(client) }),
    );
    const winners = answers.flatMap((answer, client) => (typeof answer === 'string' ? [] : [String(client)]));
    expect(winners, JSON.stringify(answers)).to.have.length(1);
    for (const answer of answers) if (typeof answer === 'string') expect(answer).to.match(/400 .*INVALID_PARAMETER/);
    for (const api of apis) {
      const { data } = (await api.get('runs/get', { run_id: runId })).run as { data: RunData };
      expect(data.params).to.deep.equal([{ key: 'once', value: winners[0] }]);
    }
  });

  it('to rename two experiments to one name: one has it', async () => {
    const [a, b] = await Promise.all(
      ['left', 'right'].map(
        async (name) => (await (apis[0] as MlflowApi).post('experiments/create', { name })).experiment_id,
      ),
    );
    const answers = await race((api, client) =>
      api.post('experiments/update', { experiment_id: client % 4 < 2 ? a : b, new_name: 'middle' }),
    );
    const { experiment } = await (apis[1] as MlflowApi).get('experiments/get-by-name', { experiment_name: 'middle' });
    const winner = (experiment as { experiment_id: string }).experiment_id;
    expect([a, b]).to.include(winner);
    answers.forEach((answer, client) => {
      const isWinners = (client % 4 < 2 ? a : b) === winner;
      if (isWinners) expect(answer, String(client)).to.not.be.a('string');
      else expect(answer, String(client)).to.match(/400 .*BAD_REQUEST/);
    });
  });
});
