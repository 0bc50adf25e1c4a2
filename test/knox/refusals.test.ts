import { expect } from 'chai';
import { setTimeout as sleep } from 'node:timers/promises';
import { ask } from './support/ask.ts';
import { serve } from './support/backend.ts';
import { stack } from './support/hooks.ts';
import { topologyFor } from './support/stack.ts';

describe('what Knox answers by itself', () => {
  it('without the alias of the secret, nothing is sent and the log says why', async () => {
    const { knox, echo } = stack();
    const serviceParams = { secretAlias: 'no-such-alias' };
    await knox.deploy('no-secret', topologyFor('sandbox', [echo.url], { serviceParams }));
    echo.take();
    const { status, body } = await ask({ path: '/no-secret/kirka/version' });
    expect(status).to.equal(500);
    expect(JSON.parse(body.toString())).to.include({ error_code: 'INTERNAL_ERROR' });
    expect(echo.take()).to.deep.equal([]);
    expect(knox.log()).to.include("the alias no-such-alias of Kirka's gateway secret is neither");
  });

  it('an empty alias sends no secret, for a backend that asks for a certificate', async () => {
    const { knox, echo } = stack();
    await knox.deploy('no-alias', topologyFor('sandbox', [echo.url], { serviceParams: { secretAlias: '' } }));
    echo.answer({ status: 200 });
    echo.take();
    expect((await ask({ path: '/no-alias/kirka/version', user: 'sam' })).status).to.equal(200);
    const names = echo.take().flatMap(({ headers }) => headers.map(([name]) => name));
    expect(names.filter((name) => name.startsWith('x-kirka-')).sort()).to.deep.equal([
      'x-kirka-groups',
      'x-kirka-user',
    ]);
  });

  it('a backend that is down or too slow, in the form that MLflow shows', async () => {
    const slow = await serve((_request, response) => void sleep(6000).then(() => response.end()));
    const { knox } = stack();
    const serviceParams = { 'httpclient.socketTimeout': '2s' };
    await knox.deploy('slow', topologyFor('sandbox', [slow.url], { serviceParams }));
    const late = await ask({ path: '/slow/kirka/version' });
    await slow.close();
    const down = await ask({ path: '/slow/kirka/version' });
    expect([late.status, down.status]).to.deep.equal([504, 503]);
    for (const { body } of [late, down]) {
      expect(JSON.parse(body.toString())).to.include({ error_code: 'TEMPORARILY_UNAVAILABLE' });
      expect(body.toString(), 'no address of the backend').to.not.include('127.0.0.1');
    }
  });

  it('waits as long for the backend as MLflow waits for Knox', () => {
    expect(stack().knox.log()).to.include('HTTP client socket timeout is set to 120,000 ms for KIRKA');
  });
});
