import { expect } from 'chai';
import { startApp, text } from '../http/app-under-test.ts';
import type { AppUnderTest } from '../http/app-under-test.ts';

describe('identity at the HTTP edge', () => {
  describe('where the gateway must prove itself', () => {
    let app: AppUnderTest;
    const secret = 'a-secret-of-more-than-22-characters';

    before(async () => {
      app = await startApp(
        { 'runs.get': (call) => Promise.resolve(text(`${String(call.caller.user)} ${call.query.toString()}`)) },
        { identity: { mode: 'dispatch', proof: { secret } } },
      );
    });
    after(() => app.close());

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
