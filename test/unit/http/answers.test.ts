import { request } from 'node:http';
import { gzipSync } from 'node:zlib';
import { expect } from 'chai';
import { ArtifactError } from '../../../backend/artifacts/contract.ts';
import { invalidParameter } from '../../../backend/errors.ts';
import { StoreCorrupt, StoreFull, StoreUnavailable } from '../../../backend/stores/contract/index.ts';
import { startApp, text } from './app-under-test.ts';
import type { AppUnderTest } from './app-under-test.ts';

const experiments = '/api/2.0/mlflow/experiments';
const object = '/api/2.0/mlflow-artifacts/artifacts';

describe('answers of the HTTP edge', () => {
  let app: AppUnderTest;
  let failure: Error = new Error('unset');

  before(async () => {
    app = await startApp({
      'experiments.get': () => Promise.reject(failure),
      'experiments.create': (call) => Promise.resolve(text((call.body as unknown as Buffer).toString('base64'))),
      'runs.get': (call) => Promise.resolve(text(call.query.toString())),
      'artifactProxy.presigned': (call) => Promise.resolve(text(JSON.stringify(call.params))),
      'root.version': (call) => Promise.resolve(text(String(call.header('X-Kirka-User')) + String(call.header('X-A')))),
    });
  });
  after(() => app.close());

  const errorOf = async (path: string, init?: RequestInit): Promise<[number, unknown]> => {
    const response = await fetch(app.url + path, init);
    return [response.status, ((await response.json()) as { error_code: string }).error_code];
  };

  it('answers what is not served as MLflow reads it: 404 ENDPOINT_NOT_FOUND', async () => {
    for (const path of [
      '/api/2.0/mlflow/nope',
      '/ajax-api/2.0/mlflow/nope',
      '/nope',
      `${experiments}/get/`,
      '/API/x',
    ]) {
      expect(await errorOf(path), path).to.deep.equal([404, 'ENDPOINT_NOT_FOUND']);
    }
  });

  it('answers a wrong method with 405 and the methods that are right', async () => {
    const response = await fetch(`${app.url}${object}/a/b`, { method: 'PATCH' });
    expect(response.status).to.equal(405);
    expect(response.headers.get('allow')).to.equal('GET, PUT, DELETE, HEAD, OPTIONS');
    const options = await fetch(`${app.url}${experiments}/create`, { method: 'OPTIONS' });
    expect([options.status, options.headers.get('allow')]).to.deep.equal([204, 'POST, OPTIONS']);
  });

  it("sends an error's own status, and MLflow's class beside its code", async () => {
    failure = invalidParameter('no');
    const response = await fetch(`${app.url}${experiments}/get`);
    expect(response.status).to.equal(400);
    expect(await response.json()).to.deep.equal({
      error_code: 'INVALID_PARAMETER_VALUE',
      message: 'no',
      sqlstate: 'KAM00',
      error_class: 'INVALID_PARAMETER_VALUE',
    });
  });

  it("translates the stores' errors that no service has", async () => {
    const cases: [Error, number, string][] = [
      [new StoreUnavailable('secret'), 503, 'TEMPORARILY_UNAVAILABLE'],
      [new StoreFull('full'), 507, 'RESOURCE_EXHAUSTED'],
      [new StoreCorrupt('secret'), 500, 'INTERNAL_ERROR'],
      [new ArtifactError('not-found', 'no file'), 404, 'RESOURCE_DOES_NOT_EXIST'],
      [new ArtifactError('quota', 'full'), 507, 'RESOURCE_EXHAUSTED'],
      [new ArtifactError('bad-range', 'behind the end'), 416, 'INVALID_PARAMETER_VALUE'],
    ];
    for (const [error, status, code] of cases) {
      failure = error;
      expect(await errorOf(`${experiments}/get`), error.message).to.deep.equal([status, code]);
    }
  });

  it('tells nothing of the inside, but logs it under the request id', async () => {
    failure = new Error('password=hunter2');
    const response = await fetch(`${app.url}${experiments}/get`, { headers: { 'X-Request-Id': 'abc-1' } });
    const body = await response.text();
    expect(response.status).to.equal(500);
    expect(body).to.include('abc-1').and.not.include('hunter2');
    expect(app.lines.at(-1)).to.include({ requestId: 'abc-1', failure, status: 500, route: 'experiments.get' });
  });

  it('refuses a malformed percent-encoding in a path, and takes it in a query as it is', async () => {
    for (const path of [`${object}/%zz`, `${object}/a%`, `${object}/%FF`]) {
      expect(await errorOf(path), path).to.deep.equal([400, 'INVALID_PARAMETER_VALUE']);
    }
    const response = await fetch(`${app.url}/api/2.0/mlflow/runs/get?run_id=%zz`);
    expect(await response.text()).to.equal('run_id=%25zz');
  });

  it('decodes path parameters, and leaves dot segments to who reads them', async () => {
    const path = '/api/2.0/mlflow-artifacts/presigned/a%20b/%2e%2e/c%2Fd/%C5%BC%23+%25';
    // fetch would resolve the dots
    const body = await new Promise<string>((resolve, reject) => {
      request({ port: app.port, path, headers: { Host: '127.0.0.1' } }, (response) => {
        response.setEncoding('utf8').once('data', resolve);
      })
        .once('error', reject)
        .end();
    });
    expect(JSON.parse(body)).to.deep.equal({ artifact_path: 'a b/../c/d/ż#+%' });
  });

  it('takes a whole URL for a target, whose host then counts in place of the Host header', async () => {
    const ask = (path: string): Promise<[number | undefined, string]> =>
      new Promise((resolve, reject) => {
        request({ port: app.port, path, headers: { Host: 'localhost' } }, (response) => {
          response.setEncoding('utf8').once('data', (body: string) => {
            resolve([response.statusCode, body]);
          });
        })
          .once('error', reject)
          .end();
      });
    expect(await ask('http://localhost:1/api/2.0/mlflow/runs/get?a=1')).to.deep.equal([200, 'a=1']);
    expect(await ask('HTTPS://127.0.0.1/health')).to.deep.equal([200, 'root.health']);
    expect(await ask('http://127.0.0.1?a')).to.deep.equal([200, 'root.page']);
    expect((await ask('http://evil.example/api/2.0/mlflow/runs/get'))[0]).to.equal(403);
    expect((await ask('http://localhost@evil.example/api/2.0/mlflow/runs/get'))[0]).to.equal(403);
    expect((await ask('http://localhost/nope'))[0]).to.equal(404);
  });

  it("hides the gateway's parameters and headers from handlers, and keeps repeated keys in order", async () => {
    const response = await fetch(`${app.url}/api/2.0/mlflow/runs/get?a=1&user.name=eve&b=2&a=3&doAs=eve`);
    expect(await response.text()).to.equal('a=1&b=2&a=3');
    const headers = { 'x-kirka-user': 'eve', 'X-A': 'a' };
    expect(await (await fetch(`${app.url}/version`, { headers })).text()).to.equal('undefineda');
  });

  it("hands a body over as it came: like MLflow's server it looks at no Content-Encoding", async () => {
    const body = gzipSync('{"name":"x"}');
    const init = { method: 'POST', body, headers: { 'Content-Encoding': 'gzip' } };
    const response = await fetch(`${app.url}${experiments}/create`, init);
    expect(await response.text()).to.equal(body.toString('base64'));
  });

  it('answers HEAD with the headers of GET and no body', async () => {
    const response = await fetch(`${app.url}/health`, { method: 'HEAD' });
    expect([response.status, response.headers.get('content-length'), await response.text()]).to.deep.equal([
      200,
      String('root.health'.length),
      '',
    ]);
  });

  it('refuses a workspace in any of several headers', async () => {
    const statusWith = (...values: string[]): Promise<number | undefined> =>
      new Promise((resolve, reject) => {
        const headers = ['Host', '127.0.0.1', ...values.flatMap((value) => ['x-MLflow-workspace', value])];
        request({ port: app.port, path: '/version', headers }, (response) => {
          response.resume();
          resolve(response.statusCode);
        })
          .once('error', reject)
          .end();
      });
    expect(await statusWith('', ' ')).to.equal(200);
    for (const values of [['w'], ['', 'w'], ['w', ''], [' default ']]) {
      expect(await statusWith(...values), String(values)).to.equal(500);
    }
  });

  it('takes a request id that is safe in a log line, and gives one where it is not', async () => {
    const idOf = async (sent: string): Promise<string | null> =>
      (await fetch(`${app.url}/health`, { headers: { 'X-Request-Id': sent } })).headers.get('x-request-id');
    expect(await idOf('Az-09_.:')).to.equal('Az-09_.:');
    for (const unsafe of ['a b', 'a"b', 'é', 'x'.repeat(65), '', '-a', 'a{$b}'])
      expect(await idOf(unsafe), unsafe).to.match(/^[0-9a-f]{16}$/);
  });
});
