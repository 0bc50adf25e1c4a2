import { expect } from 'chai';
import { startApp, text } from '../http/app-under-test.ts';
import type { AppUnderTest } from '../http/app-under-test.ts';

describe('identity at the HTTP edge', () => {
  describe('where the gateway must prove itself', () => {
    let app: AppUnderTest;
    const secret = 'a-secret-of-more-than-22-characters';

    before(async () => {
      app = await startApp(
        {
          'runs.search': (call) => Promise.resolve(text(JSON.stringify(call.context.caller))),
          'runs.get': (call) => Promise.resolve(text(`${String(call.context.caller.user)} ${call.query.toString()}`)),
        },
        { identity: { mode: 'dispatch', proof: { secret } } },
      );
    });
    after(() => app.close());

    it('gives the handler the whole caller', async () => {
      const headers = { 'X-Kirka-Gateway-Secret': secret, 'X-Kirka-User': 'sam', 'X-Kirka-Groups': 'a,b%2Cc' };
      const answer = await fetch(`${app.url}/api/2.0/mlflow/runs/search`, { method: 'POST', headers });
      expect(await answer.json()).to.deep.equal({ user: 'sam', groups: ['a', 'b,c'] });
    });

    it('answers /health to anyone, and nothing else', async () => {
      expect((await fetch(`${app.url}/health`)).status).to.equal(200);
      for (const path of [
        '/',
        '/version',
        '/nope',
        '/api/2.0/mlflow/runs/get',
        '/api/2.0/mlflow-artifacts/artifacts/f',
      ]) {
        expect((await fetch(app.url + path)).status, path).to.equal(401);
      }
      expect((await fetch(`${app.url}/health`, { method: 'OPTIONS' })).status).to.equal(401);
    });

    it('passes the user on, and not the parameter that Knox adds', async () => {
      const headers = { 'X-Kirka-Gateway-Secret': secret, 'X-Kirka-User': 'sam' };
      const response = await fetch(`${app.url}/api/2.0/mlflow/runs/get?run_id=1&user.name=eve`, { headers });
      expect(await response.text()).to.equal('sam run_id=1');
      expect(app.lines.at(-1)).to.include({ user: 'sam' });
    });
  });
});
