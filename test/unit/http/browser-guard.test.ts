import { request } from 'node:http';
import type { IncomingHttpHeaders } from 'node:http';
import { connect } from 'node:net';
import { expect } from 'chai';
import type { BrowserRules } from '../../../backend/http/browser-guard.ts';
import { startApp } from './app-under-test.ts';
import type { AppUnderTest } from './app-under-test.ts';

const secret = 'a-secret-of-more-than-22-characters';
const read = '/api/2.0/mlflow/runs/get';
const write = '/api/2.0/mlflow/runs/create';
const none: BrowserRules = { allowedHosts: undefined, corsAllowedOrigins: [] };

type Headers = Readonly<Record<string, string>>;

describe('pages in browsers', () => {
  let app: AppUnderTest;
  afterEach(() => app.close());

  const direct = async (rules: Partial<BrowserRules> = {}): Promise<void> => {
    app = await startApp({}, { browsers: { ...none, ...rules } });
  };
  /** Behind a gateway that calls `kirka.internal`, and was itself called as `knox.example:8443`. */
  const behindGateway = async (rules: Partial<BrowserRules> = {}): Promise<void> => {
    app = await startApp({}, { identity: { mode: 'dispatch', proof: { secret } }, browsers: { ...none, ...rules } });
  };
  const byGateway = {
    Host: 'kirka.internal',
    'X-Kirka-Gateway-Secret': secret,
    'X-Kirka-User': 'sam',
    'X-Forwarded-Host': 'knox.example:8443',
    'X-Forwarded-Proto': 'https',
  };

  const ask = (
    method: string,
    path: string,
    headers: Headers,
  ): Promise<{ status: number; body: string; headers: IncomingHttpHeaders }> =>
    new Promise((resolve, reject) => {
      request({ port: app.port, path, method, headers }, (response) => {
        let body = '';
        response.setEncoding('utf8').on('data', (chunk: string) => (body += chunk));
        response.on('end', () => {
          resolve({ status: response.statusCode ?? 0, body, headers: response.headers });
        });
      })
        .once('error', reject)
        .end();
    });
  const status = async (method: string, path: string, headers: Headers): Promise<number> =>
    (await ask(method, path, headers)).status;

  describe('that point a name of their own at a server (Host)', () => {
    it('reach nothing but health and version of one without a gateway', async () => {
      await direct();
      for (const host of ['evil.example', 'localhost.evil.example', '10.0.0.1', '127.0.0.1.evil.example', '@']) {
        expect(await status('GET', read, { Host: host }), host).to.equal(403);
        expect(await status('POST', write, { Host: host }), host).to.equal(403);
        expect(await status('GET', '/', { Host: host }), host).to.equal(403);
        expect(await status('GET', '/nope', { Host: host }), host).to.equal(403);
        expect(await status('GET', '/health', { Host: host }), host).to.equal(200);
        expect(await status('GET', '/version?a', { Host: host }), host).to.equal(200);
        expect(await status('GET', '/health/', { Host: host }), host).to.equal(403);
      }
      for (const host of ['x@localhost', 'localhost/', 'localhost#', 'localhost?x', 'localhost:1:2', 'localhost, evil'])
        expect(await status('GET', read, { Host: host }), host).to.equal(403);
      for (const host of ['localhost', 'LOCALHOST:80', '127.0.0.1:5080', '127.8.9.1', '[::1]:5080', '[::1]'])
        expect(await status('GET', read, { Host: host }), host).to.equal(200);
    });

    it('are not believed where no name is said at all', async () => {
      await direct();
      const answerTo = (head: string): Promise<string> =>
        new Promise((resolve) => {
          let text = '';
          const socket = connect(app.port, '127.0.0.1');
          socket.setEncoding('latin1').on('data', (chunk: string) => (text += chunk));
          socket.once('close', () => {
            resolve(text);
          });
          socket.write(`${head}\r\nConnection: close\r\n\r\n`);
        });
      expect(await answerTo(`GET ${read} HTTP/1.0`)).to.match(/^HTTP\/1\.1 403 /);
      expect(await answerTo(`GET ${read} HTTP/1.1\r\nHost:`)).to.match(/^HTTP\/1\.1 403 /);
      expect(await answerTo('GET /health HTTP/1.0')).to.match(/^HTTP\/1\.1 200 /);
    });

    it('are met by names that an administrator lists, in place of those of loopback', async () => {
      await direct({ allowedHosts: ['kirka.test:5080', '*.lan'] });
      for (const host of ['kirka.test:5080', 'a.lan', 'a.b.lan'])
        expect(await status('GET', read, { Host: host }), host).to.equal(200);
      for (const host of ['kirka.test', 'lan', 'localhost', `127.0.0.1:${String(app.port)}`])
        expect(await status('GET', read, { Host: host }), host).to.equal(403);
      expect(await status('GET', '/health', { Host: 'localhost' })).to.equal(200);
    });

    it('are no matter behind a gateway, which calls the backend by any name, unless names are listed', async () => {
      await behindGateway();
      expect(await status('GET', read, byGateway)).to.equal(200);
      await app.close();
      await behindGateway({ allowedHosts: ['kirka.other'] });
      expect(await status('GET', read, byGateway)).to.equal(403);
      expect(await status('GET', '/version', byGateway)).to.equal(200);
      expect(await status('GET', read, { ...byGateway, Host: 'kirka.other' })).to.equal(200);
    });
  });

  describe('of another origin (Origin)', () => {
    const Host = 'localhost';
    const foreign = [
      'https://evil.example',
      'null',
      'http://localhost.evil.example',
      'evil',
      'http://',
      'http://x@localhost',
      'file://localhost',
      'http://localhost:3000, http://localhost:3000',
    ];

    it('do not write, whatever the path and the method', async () => {
      await direct();
      for (const Origin of foreign) {
        expect(await status('POST', write, { Host, Origin }), Origin).to.equal(403);
      }
      const Origin = 'https://evil.example';
      for (const [method, path] of [
        ['POST', '/ajax-api/2.0/mlflow/upload-artifact?run_uuid=r&path=a'],
        ['PUT', '/api/2.0/mlflow-artifacts/artifacts/f'],
        ['DELETE', '/api/2.0/mlflow-artifacts/artifacts/f'],
        ['PATCH', '/api/2.0/mlflow/registered-models/update'],
        ['POST', '/nope'],
      ] as const) {
        expect(await status(method, path, { Host, Origin, 'Content-Type': 'text/plain' }), path).to.equal(403);
      }
      expect(await status('GET', read, { Host, Origin })).to.equal(200);
      expect(await status('HEAD', read, { Host, Origin })).to.equal(200);
      expect(await status('POST', write, { Host })).to.equal(200);
    });

    it('are at home on loopback where this machine serves them', async () => {
      await direct();
      for (const Origin of ['http://localhost:3000', 'https://localhost', 'http://127.0.0.1', 'http://[::1]:5'])
        expect(await status('POST', write, { Host, Origin }), Origin).to.equal(200);
    });

    it('are told from those of the gateway by what the gateway says of itself', async () => {
      await behindGateway();
      const post = (Origin: string, more: Headers = {}): Promise<number> =>
        status('POST', write, { ...byGateway, ...more, Origin });
      expect(await post('https://knox.example:8443')).to.equal(200);
      expect(await post('https://KNOX.example:8443')).to.equal(200);
      for (const Origin of [...foreign, 'http://knox.example:8443', 'https://knox.example', 'https://kirka.internal'])
        expect(await post(Origin), Origin).to.equal(403);
      expect(await post('http://localhost:3000')).to.equal(403);
      expect(await post('http://localhost:8443')).to.equal(403);
      expect(await post('https://knox.example', { 'X-Forwarded-Host': 'knox.example' })).to.equal(200);
      expect(await post('https://knox.example', { 'X-Forwarded-Host': 'knox.example:443' })).to.equal(200);
      expect(await post('https://front.example', { 'X-Forwarded-Host': 'front.example, knox.example' })).to.equal(200);
      expect(
        await post('http://front.example', { 'X-Forwarded-Host': 'front.example', 'X-Forwarded-Proto': 'http' }),
      ).to.equal(200);
      expect(await post('http://localhost:3000', { 'X-Forwarded-Host': 'localhost:8443' })).to.equal(200);
      expect(await post('http://evil.example', { 'X-Forwarded-Host': 'localhost:8443' })).to.equal(403);
      for (const host of ['', 'a b', 'x@knox.example', '/', 'knox.example/x'])
        expect(await post(`https://${host}`, { 'X-Forwarded-Host': host }), host).to.equal(403);
      expect(await status('POST', write, byGateway)).to.equal(200);
    });

    it('are at home where the gateway says nothing of itself only when they are listed', async () => {
      await behindGateway({ corsAllowedOrigins: ['https://mlflow.example'] });
      const silent = { Host: 'kirka.internal', 'X-Kirka-Gateway-Secret': secret, 'X-Kirka-User': 'sam' };
      expect(await status('POST', write, { ...silent, Origin: 'https://kirka.internal' })).to.equal(403);
      expect(await status('POST', write, { ...silent, Origin: 'https://mlflow.example' })).to.equal(200);
    });

    it('are those of a name that an administrator has listed, not of one that anybody may take', async () => {
      await direct({ allowedHosts: ['kirka.test:5080', '*.lan'] });
      const own = (host: string): Promise<number> => status('POST', write, { Host: host, Origin: `http://${host}` });
      expect(await own('kirka.test:5080')).to.equal(200);
      expect(await own('a.lan')).to.equal(200);
      expect(await status('POST', write, { Host: 'a.lan', Origin: 'http://b.lan' })).to.equal(403);
      for (const pattern of ['*', '*:5080']) {
        await app.close();
        await direct({ allowedHosts: [pattern] });
        expect(await own('evil.example:5080'), pattern).to.equal(403);
      }
    });

    it('write where they are listed, by name or by pattern', async () => {
      await direct({ corsAllowedOrigins: ['https://ok.example', 'https://*.wild.example'] });
      const post = (Origin: string): Promise<number> => status('POST', write, { Host, Origin });
      for (const Origin of ['https://ok.example', 'https://a.wild.example', 'http://localhost'])
        expect(await post(Origin), Origin).to.equal(200);
      for (const Origin of [
        'https://OK.example',
        'https://ok.example:443',
        'http://ok.example',
        'https://wild.example',
        'null',
      ])
        expect(await post(Origin), Origin).to.equal(403);
      await app.close();
      await direct({ corsAllowedOrigins: ['*'] });
      for (const Origin of ['https://ok.example', 'null']) expect(await post(Origin), Origin).to.equal(200);
    });
  });

  describe('that ask first (preflight)', () => {
    const Host = 'localhost';
    const preflight = (Origin: string, more: Headers = {}): ReturnType<typeof ask> =>
      ask('OPTIONS', write, { Host, Origin, 'Access-Control-Request-Method': 'POST', ...more });

    it("are answered as MLflow's server answers them", async () => {
      await direct({ corsAllowedOrigins: ['https://ok.example'] });
      const yes = await preflight('https://ok.example', { 'Access-Control-Request-Headers': 'content-type, x-a' });
      expect([yes.status, yes.body]).to.deep.equal([200, 'OK']);
      expect(yes.headers).to.include({
        'content-type': 'text/plain; charset=utf-8',
        'access-control-allow-origin': 'https://ok.example',
        'access-control-allow-credentials': 'true',
        'access-control-allow-methods': 'GET, POST, PUT, DELETE, OPTIONS, PATCH',
        'access-control-allow-headers': 'content-type, x-a',
        'access-control-max-age': '600',
      });
      expect(yes.headers.vary).to.include('Origin, Access-Control-Request-Method');
      const no = await preflight('https://evil.example');
      expect([no.status, no.body]).to.deep.equal([400, 'Disallowed CORS origin']);
      expect(no.headers).to.not.have.any.keys('access-control-allow-origin', 'access-control-allow-credentials');
      const trace = await preflight('null', { 'Access-Control-Request-Method': 'TRACE' });
      expect(trace.body).to.equal('Disallowed CORS origin, method');
      const network = await preflight('http://localhost:1', { 'Access-Control-Request-Private-Network': 'true' });
      expect([network.status, network.body]).to.deep.equal([400, 'Disallowed CORS private-network']);
      expect(await status('OPTIONS', write, { Host, Origin: 'https://evil.example' })).to.equal(204);
      expect((await preflight('https://ok.example', { Host: 'evil.example' })).status).to.equal(403);
    });

    it('can read the answers that follow, and nobody else can', async () => {
      await direct({ corsAllowedOrigins: ['https://ok.example'] });
      for (const [method, path] of [
        ['GET', read],
        ['POST', write],
        ['GET', '/nope'],
      ] as const) {
        const { headers } = await ask(method, path, { Host, Origin: 'https://ok.example' });
        expect(headers, path).to.include({
          'access-control-allow-origin': 'https://ok.example',
          'access-control-allow-credentials': 'true',
          'access-control-expose-headers': '*',
          vary: 'Origin',
        });
        for (const more of [{ Origin: 'https://evil.example' }, {}] as readonly Headers[]) {
          const other = (await ask(method, path, { Host, ...more })).headers;
          expect(other, path).to.include({ vary: 'Origin' });
          expect(Object.keys(other).filter((name) => name.startsWith('access-control'))).to.deep.equal([]);
        }
      }
    });

    it('get no password of the browser where everybody may', async () => {
      await direct({ corsAllowedOrigins: ['*'] });
      for (const { headers } of [
        await preflight('null'),
        await ask('GET', read, { Host, Origin: 'https://any.example' }),
      ]) {
        expect(headers).to.include({ 'access-control-allow-origin': '*' });
        expect(headers).to.not.have.property('access-control-allow-credentials');
      }
    });

    it('need the proof of the gateway, where there is one', async () => {
      await behindGateway({ corsAllowedOrigins: ['https://ok.example'] });
      expect((await preflight('https://ok.example')).status).to.equal(401);
      expect((await preflight('https://ok.example', byGateway)).status).to.equal(200);
    });
  });
});
