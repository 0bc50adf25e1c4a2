import { request } from 'node:http';
import type { IncomingHttpHeaders } from 'node:http';
import { expect } from 'chai';
import { hostsLike } from '../../backend/http/host-rule.ts';
import { createLogger } from '../../backend/log.ts';
import { startSilentBackend } from '../wire/silent-backend.ts';
import { secret, startTestGateway } from './start-gateway.ts';

const base = '/gateway/sandbox/kirka';
const create = `${base}/api/2.0/mlflow/experiments/create`;
const Authorization = `Basic ${Buffer.from('guest:guest-password').toString('base64')}`;

type Headers = Readonly<Record<string, string>>;

/** A page in the browser of somebody who is signed in, with a real backend behind the gateway. */
describe('pages in browsers, through the local gateway', () => {
  let backend: Awaited<ReturnType<typeof startSilentBackend>>;
  let gateway: Awaited<ReturnType<typeof startTestGateway>>;
  let port: string;
  let lines: Record<string, unknown>[];
  let name = 0;

  before(async () => {
    backend = await startSilentBackend(secret);
  });
  after(() => backend.close());
  beforeEach(() => start());
  afterEach(() => gateway.close());

  async function start(changes: Parameters<typeof startTestGateway>[1] = {}): Promise<void> {
    lines = [];
    const log = createLogger('warn', { write: (line) => void lines.push(JSON.parse(line) as Record<string, unknown>) });
    gateway = await startTestGateway(backend.url, { log, ...changes });
    port = new URL(gateway.url).port;
  }

  const ask = (
    method: string,
    path: string,
    headers: Headers,
    body?: string,
  ): Promise<{ status: number; headers: IncomingHttpHeaders; body: string }> =>
    new Promise((resolve, reject) => {
      request({ port, path, method, headers, agent: false }, (response) => {
        let text = '';
        response.setEncoding('utf8').on('data', (chunk: string) => (text += chunk));
        response.on('end', () => {
          resolve({ status: response.statusCode ?? 0, headers: response.headers, body: text });
        });
      })
        .once('error', reject)
        .end(body);
    });
  const write = (headers: Headers): ReturnType<typeof ask> =>
    ask(
      'POST',
      create,
      { Host: `localhost:${port}`, Authorization, 'Content-Type': 'application/json', ...headers },
      JSON.stringify({ name: `page-${String(name++)}` }),
    );

  it('reach it by no name of their own, whatever their password, but for health and version', async () => {
    const evil = { Host: 'evil.example', Authorization };
    expect((await ask('GET', `${base}/api/2.0/mlflow/experiments/get?experiment_id=0`, evil)).status).to.equal(403);
    expect((await ask('GET', base, evil)).status).to.equal(403);
    expect((await ask('GET', '/nope', evil)).status).to.equal(403);
    expect((await ask('OPTIONS', create, evil)).status).to.equal(403);
    expect((await write({ Host: 'evil.example', Origin: 'http://evil.example' })).status).to.equal(403);
    expect(lines.map(({ level, status, address }) => [level, status, address])).to.deep.equal(
      Array.from({ length: 5 }, () => [40, 403, '127.0.0.1']),
    );
    for (const path of ['/health', '/version?a=1']) {
      expect((await ask('GET', base + path, evil)).status, path).to.equal(200);
      expect((await ask('GET', base + path, { Host: 'evil.example' })).status, path).to.equal(401);
    }
    expect((await ask('GET', base, { Host: '127.0.0.1', Authorization })).status).to.equal(200);
  });

  it('reach it by the names that are listed', async () => {
    await gateway.close();
    await start({ hosts: hostsLike(['kirka.test:*']) });
    expect((await ask('GET', base, { Host: 'kirka.test:8443', Authorization })).status).to.equal(200);
    expect((await ask('GET', base, { Host: 'localhost', Authorization })).status).to.equal(403);
    expect((await write({ Host: 'kirka.test:8443', Origin: 'http://kirka.test:8443' })).status).to.equal(200);
    expect((await write({ Host: 'kirka.test:8443', Origin: 'http://localhost:3000' })).status).to.equal(403);
  });

  it('write from their own origin and from this machine, and from nowhere else', async () => {
    for (const Origin of [`http://localhost:${port}`, 'http://127.0.0.1:3000', 'http://[::1]']) {
      expect((await write({ Origin })).status, Origin).to.equal(200);
    }
    for (const Origin of ['http://evil.example', 'null', `http://localhost.evil.example:${port}`]) {
      const { status, body } = await write({ Origin });
      expect(status, Origin).to.equal(403);
      expect(body).to.include('Cross-origin request blocked');
    }
    const upload = `${base}/ajax-api/2.0/mlflow/upload-artifact?run_uuid=r&path=a.txt`;
    const page = {
      Host: `localhost:${port}`,
      Authorization,
      Origin: 'http://evil.example',
      'Content-Type': 'text/plain',
    };
    expect((await ask('POST', upload, page, 'a')).status).to.equal(403);
    expect((await write({})).status).to.equal(200);
  });

  it('are answered before they sign in what they may send', async () => {
    const asks = (Origin: string): ReturnType<typeof ask> =>
      ask('OPTIONS', create, { Host: `localhost:${port}`, Origin, 'Access-Control-Request-Method': 'POST' });
    const local = await asks('http://localhost:3000');
    expect([local.status, local.body]).to.deep.equal([200, 'OK']);
    expect(local.headers).to.include({ 'access-control-allow-origin': 'http://localhost:3000' });
    const foreign = await asks('https://app.example');
    expect([foreign.status, foreign.body]).to.deep.equal([400, 'Disallowed CORS origin']);
    expect(foreign.headers).to.not.have.property('access-control-allow-origin');

    await gateway.close();
    await start({ corsAllowedOrigins: ['https://app.example'] });
    const listed = await asks('https://app.example');
    expect(listed.headers).to.include({ 'access-control-allow-origin': 'https://app.example' });
    const unknown = await ask('GET', base, { Host: 'localhost', Origin: 'https://app.example' });
    expect(unknown.status).to.equal(401);
    expect(unknown.headers).to.include({ 'access-control-allow-origin': 'https://app.example', vary: 'Origin' });
  });
});
