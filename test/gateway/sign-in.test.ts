import { request as httpRequest } from 'node:http';
import { expect } from 'chai';
import { createLogger } from '../../backend/log.ts';
import { authenticateBy } from '../../knox-service/local-gateway/authenticate.ts';
import type { Authenticator } from '../../knox-service/local-gateway/authenticate.ts';
import { hashPassword } from '../../knox-service/local-gateway/password.ts';
import { dial } from '../support/wire.ts';
import { until } from '../unit/http/app-under-test.ts';
import { startEchoBackend } from './echo-backend.ts';
import type { EchoBackend } from './row.ts';
import { startTestGateway } from './start-gateway.ts';

const path = '/gateway/sandbox/kirka/version';
const file = '/gateway/sandbox/kirka/api/2.0/mlflow-artifacts/artifacts/f';
const basic = (name: string, password: string): string =>
  `Authorization: Basic ${Buffer.from(`${name}:${password}`).toString('base64')}`;
const get = (...lines: readonly string[]): string =>
  [`GET ${path} HTTP/1.1`, 'Host: localhost', ...lines, '', ''].join('\r\n');

describe('signing in at the local gateway, over the network', () => {
  let backend: EchoBackend;
  let gateway: Awaited<ReturnType<typeof startTestGateway>>;
  let port: number;
  let lines: Record<string, unknown>[];
  let hashed: number;

  before(async () => {
    backend = await startEchoBackend();
  });
  after(() => backend.close());
  beforeEach(async () => {
    [lines, hashed] = [[], 0];
    const password = await hashPassword('right');
    const entries = new Map(['ann', 'bob'].map((name) => [name, { password, groups: [] }]));
    const inner = authenticateBy(() => entries);
    const authenticate: Authenticator = {
      recall: inner.recall,
      verify: (...given) => inner.verify(...given).finally(() => hashed++),
    };
    const log = createLogger('info', { write: (line) => void lines.push(JSON.parse(line) as Record<string, unknown>) });
    gateway = await startTestGateway(backend.url, { authenticate, log });
    port = Number(new URL(gateway.url).port);
  });
  afterEach(() => gateway.close());

  const status = (name: string, password: string, method = 'GET'): Promise<[number | undefined, string | undefined]> =>
    new Promise((resolve, reject) => {
      const [header = '', value = ''] = basic(name, password).split(': ');
      httpRequest(
        { port, path: method === 'GET' ? path : file, method, agent: false, headers: { [header]: value } },
        (response) => {
          response.resume();
          resolve([response.statusCode, response.headers['retry-after']]);
        },
      )
        .once('error', reject)
        .end(method === 'GET' ? undefined : 'x');
    });

  it('looks at one wrong password of a connection, however many are sent at once, and closes it', async () => {
    expect((await status('ann', 'right'))[0]).to.equal(200);
    const wire = dial(port, `GET ${path} HTTP/1.1`, basic('bob', 'wrong0'));
    wire.socket.write(Array.from({ length: 400 }, (_, turn) => get(basic('bob', `wrong${String(turn)}`))).join(''));
    const upload = status('ann', 'right', 'PUT');
    await wire.closed;
    expect((await upload)[0]).to.equal(200);
    expect(wire.statuses()).to.deep.equal([401]);
    expect(wire.seen()).to.match(/\r\nConnection: close\r\n/);
    expect(hashed, 'with the right one').to.equal(2);
    expect(lines.map((line) => line.status).sort()).to.deep.equal([401, 429]);
  });

  it('keeps nobody waiting who signed in before, while wrong passwords wait for each other', async () => {
    for (const name of ['ann', 'bob']) expect((await status(name, 'right'))[0]).to.equal(200);
    const before = hashed;
    const wrong = Array.from({ length: 100 }, (_, turn) => status('ann', `wrong${String(turn)}`));
    for (let turn = 0; turn < 20; turn++) {
      for (const name of ['ann', 'bob']) expect((await status(name, 'right', 'PUT'))[0]).to.equal(200);
    }
    const outcomes = await Promise.all(wrong);
    const looked = outcomes.filter(([code]) => code === 401).length;
    expect(looked).to.be.within(4, 10);
    expect(outcomes.filter(([code, retryAfter]) => code === 429 && retryAfter === '1')).to.have.length(100 - looked);
    expect(hashed - before).to.equal(looked);
    expect(lines.filter((line) => line.status === 401)).to.have.length(looked);
    expect(lines.filter((line) => line.status === 429)).to.have.length(1);
  });

  it('says in one line who was refused, from where, and why; a name ends no line and no password is told', async () => {
    const name = `eve\u2028\u0085\u202e${'x'.repeat(1000)}`;
    expect((await status(name, 'hunter2'))[0]).to.equal(401);
    await fetch(gateway.url + path);
    await fetch(gateway.url + path, { headers: { Authorization: 'Bearer hunter2' } });
    const shown = lines.map(({ level, status: code, method, user, address, msg }) => ({
      level,
      code,
      method,
      user,
      address,
      msg,
    }));
    const all = { level: 40, code: 401, method: 'GET', address: '127.0.0.1' };
    expect(shown).to.deep.equal([
      { ...all, user: name.slice(0, 256), msg: 'refused: wrong name or password' },
      { ...all, user: undefined, msg: 'refused: no password' },
      { ...all, user: undefined, msg: 'refused: no password as Basic sends it' },
    ]);
    expect(JSON.stringify(lines)).to.not.include('hunter2');
  });

  it('serves requests that are sent at once, in their order', async () => {
    const wire = dial(port, `GET ${path} HTTP/1.1`, basic('ann', 'right'));
    wire.socket.write(get(basic('bob', 'right')).repeat(5) + get(basic('bob', 'wrong')) + get(basic('bob', 'right')));
    await wire.closed;
    expect(wire.statuses()).to.deep.equal([200, 200, 200, 200, 200, 200, 401]);
  });

  it('takes some requests of a connection at once, and no more', async () => {
    const wire = dial(port, `GET ${path} HTTP/1.1`, basic('ann', 'right'));
    wire.socket.write(get(basic('ann', 'right')).repeat(300));
    await wire.closed;
    const served = wire.statuses().filter((code) => code === 200).length;
    expect(served).to.be.within(16, 100);
    expect(wire.statuses().slice(served)).to.deep.equal([429]);
  });

  it('gives an attempt up when its client goes', async () => {
    let [looked, givenUp] = [0, 0];
    const authenticate: Authenticator = {
      recall: () => Promise.resolve(undefined),
      verify: (_name, _password, signal) =>
        new Promise((_resolve, reject) => {
          looked++;
          signal.addEventListener('abort', () => {
            givenUp++;
            reject(signal.reason as Error);
          });
        }),
    };
    const log = createLogger('info', { write: (line) => void lines.push(JSON.parse(line) as Record<string, unknown>) });
    const waiting = await startTestGateway(backend.url, { authenticate, log });
    const { socket } = dial(Number(new URL(waiting.url).port), `GET ${path} HTTP/1.1`, basic('ann', 'right'));
    await until(() => looked === 1);
    socket.destroy();
    await until(() => givenUp === 1);
    await waiting.close();
    expect(lines).to.deep.equal([]);
  });
});
