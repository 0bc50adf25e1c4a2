import { expect } from 'chai';
import { buffer } from 'node:stream/consumers';
import { answerTo, ask, open } from './support/ask.ts';
import { serve } from './support/backend.ts';
import { stack } from './support/hooks.ts';
import { stockVersion, topologyFor } from './support/stack.ts';

const file = '/stock/kirka/api/2.0/mlflow-artifacts/artifacts/0/r/artifacts/f';

/** What is missing without the plugin; docs/knox-admin.md lists it, and changes where one of these fails. */
describe("Knox's own dispatch, without the plugin", () => {
  beforeEach(() => {
    const { echo } = stack();
    echo.answer({ status: 200 });
    echo.take();
  });

  it('serves, and names the user as the last parameter of the query, which no client can forge', async () => {
    const { status } = await ask({ path: '/stock/kirka/version?user.name=eve&doAs=eve', user: 'sam' });
    expect(status).to.equal(200);
    expect(
      stack()
        .echo.take()
        .map(({ url }) => url),
    ).to.deep.equal(['/version?user.name=sam']);
  });

  it("lets a client's own X-Kirka headers pass, so a backend behind it must not believe them", async () => {
    await ask({ path: '/stock/kirka/version', headers: { 'X-Kirka-User': 'eve' } });
    const [seen] = stack().echo.take();
    expect(seen?.headers).to.deep.include(['x-kirka-user', 'eve']);
  });

  it('sends no proof and no groups', async () => {
    await ask({ path: '/stock/kirka/version', user: 'sam' });
    const names = stack()
      .echo.take()
      .flatMap(({ headers }) => headers.map(([name]) => name));
    expect(names.filter((name) => name.startsWith('x-kirka-'))).to.deep.equal([]);
  });

  for (const method of ['GET', 'HEAD', 'DELETE']) {
    it(`drops the body of ${method}`, async () => {
      await ask({ path: file, method, headers: { 'content-type': 'application/json' } }, '{"name": "m"}');
      expect(
        stack()
          .echo.take()
          .map(({ body }) => body.toString()),
      ).to.deep.equal(['']);
    });
  }

  it('answers HEAD without the length', async () => {
    stack().echo.answer({ status: 200, headers: { 'Content-Length': '12345' } });
    expect((await ask({ path: file, method: 'HEAD' })).headers['content-length']).to.not.equal('12345');
  });

  it('shows half a download as a whole one', async () => {
    const backend = await serve((_request, response) => {
      response.writeHead(200, { 'Content-Length': '1000000', 'content-type': 'application/octet-stream' });
      response.write(Buffer.alloc(500_000), () => response.destroy());
    });
    await stack().knox.deploy('stock-broken', topologyFor('sandbox', [backend.url], { version: stockVersion }));
    const call = open({ path: file.replace('/stock/', '/stock-broken/') });
    call.end();
    const answer = await answerTo(call);
    expect(answer.statusCode).to.equal(200);
    expect((await buffer(answer)).length).to.be.below(1_000_000);
    await backend.close();
  });
});
