import { expect } from 'chai';
import fc from 'fast-check';
import type { Backend } from '../../../backend/server.ts';
import { send } from '../../wire/send.ts';
import { startSilentBackend } from '../../wire/silent-backend.ts';
import { anyRequest } from './any-request.ts';
import type { AnyRequest } from './any-request.ts';

/** What MLflow's server answers by a status of 500 or 501 where it knows well what is wrong. */
const mlflowsOwn = [
  /^`order_by` contains duplicate fields: /,
  /^No versions of model with name '/,
  /^Unable to fetch model from model URI source artifact location '/,
  /is not a valid remote uri\. /,
  /^Model version transition cannot archive existing model versions /,
  /^Cannot rename a non-active experiment\.$/,
  / is not supported for the current artifact repository$/,
];

describe('any request', () => {
  let backend: Backend;
  /** Things that are there, by the fields that name them. */
  let known: Record<string, string>;

  const headers = { 'content-type': 'application/json' };
  const ask = async ({ method, path, body }: AnyRequest): Promise<{ status: number; text: string }> => {
    const answer = await send(new URL(backend.url), { method, path, headers, body });
    return { status: answer.status, text: answer.body.toString('utf8') };
  };
  async function create(path: string, fields: object): Promise<unknown> {
    const { text } = await ask({ method: 'POST', path: `/api/2.0/mlflow${path}`, body: JSON.stringify(fields) });
    return JSON.parse(text);
  }

  before(async () => {
    backend = await startSilentBackend();
    const { experiment_id } = (await create('/experiments/create', { name: 'e' })) as { experiment_id: string };
    const { run } = (await create('/runs/create', { experiment_id })) as { run: { info: { run_id: string } } };
    const { model } = (await create('/logged-models', { experiment_id })) as { model: { info: { model_id: string } } };
    await create('/registered-models/create', { name: 'm' });
    await create('/model-versions/create', { name: 'm', source: 's3://b/c' });
    known = {
      experiment_id,
      run_id: run.info.run_id,
      model_id: model.info.model_id,
      name: 'm',
      version: '1',
      key: 'm',
    };
  });
  after(() => backend.close());

  it('is answered, or refused as a bad one', async () => {
    await fc.assert(
      fc.asyncProperty(anyRequest(known), async (request) => {
        const { status, text } = await ask(request);
        if (status >= 500) {
          const { message } = JSON.parse(text) as { message: string };
          expect(
            mlflowsOwn.some((own) => own.test(message)),
            `${status} ${message.slice(0, 200)}`,
          ).to.equal(true);
        }
        if (status >= 400) expect(text.length, text.slice(0, 100)).to.be.below(100_000);
      }),
      { numRuns: 1000 },
    );
  }).timeout(120_000);
});
