import { expect } from 'chai';
import type { Services } from '../../../backend/create-services.ts';
import type { BodyCall } from '../../../backend/handler.ts';
import { runHandlers } from '../../../backend/handlers/runs/index.ts';
import { runRoutes } from '../../../backend/manifest/runs.ts';
import { createRunService } from '../../../backend/services/runs.ts';
import { asUser } from '../../support/contexts.ts';
import { openTemporaryStore } from '../services/temporary-store.ts';
import type { TemporaryStore } from '../services/temporary-store.ts';

describe('the user of a run', () => {
  let temporary: TemporaryStore;
  let services: Services;
  before(async () => {
    temporary = await openTemporaryStore();
    services = { runs: createRunService(temporary.store) } as Services;
  });
  after(() => temporary.remove());

  async function userOf(body: object, user?: string): Promise<unknown> {
    const call: BodyCall = {
      route: runRoutes[0],
      method: 'POST',
      params: {},
      query: new URLSearchParams(),
      header: () => 'application/json',
      context: asUser(user),
      requestId: '',
      body: Buffer.from(JSON.stringify({ experiment_id: '0', ...body })),
    };
    const { body: text } = await runHandlers['runs.create'](call, services);
    return (JSON.parse(String(text)) as { run: { info: { user_id: unknown } } }).run.info.user_id;
  }

  it('is what the client says, else whom the gateway has verified, else nobody', async () => {
    expect(await userOf({ user_id: 'ada' }, 'sam')).to.equal('ada');
    expect(await userOf({}, 'sam')).to.equal('sam');
    expect(await userOf({ user_id: '' }, 'sam')).to.equal('sam');
    expect(await userOf({})).to.equal('');
  });
});
