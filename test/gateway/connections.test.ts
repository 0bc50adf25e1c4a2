import { expect } from 'chai';
import { dial, trickle } from '../support/wire.ts';
import { until } from '../unit/http/app-under-test.ts';
import { startEchoBackend } from './echo-backend.ts';
import type { EchoBackend } from './row.ts';
import { startTestGateway } from './start-gateway.ts';

const path = '/gateway/sandbox/kirka/version';
const create = '/gateway/sandbox/kirka/api/2.0/mlflow/runs/create';
const basic = (user: string, password = `${user}-password`): string =>
  `Authorization: Basic ${Buffer.from(`${user}:${password}`).toString('base64')}`;
const guest = basic('guest');
const large = 'Content-Length: 100000000';

describe('connections to the local gateway', () => {
  let backend: EchoBackend;
  let gateway: Awaited<ReturnType<typeof startTestGateway>>;
  let port: number;

  before(async () => {
    backend = await startEchoBackend();
    gateway = await startTestGateway(backend.url);
    port = Number(new URL(gateway.url).port);
  });
  beforeEach(() => {
    backend.take();
    backend.answer({ status: 200, body: 'answer' });
  });
  after(async () => {
    await gateway.close();
    await backend.close();
  });

  it('close behind the answer where the client asks for that, and live on where it does not', async () => {
    for (const head of [
      [`GET ${path} HTTP/1.1`, guest, 'Connection: close'],
      [`GET ${path} HTTP/1.1`, guest, 'Connection: Close, TE'],
      [`GET ${path} HTTP/1.0`, guest],
    ]) {
      const wire = dial(port, ...head);
      await wire.closed;
      expect(wire.statuses(), head.join()).to.deep.equal([200]);
      expect(wire.seen(), head.join())
        .to.match(/\r\nconnection: close\r\n/i)
        .and.not.match(/keep-alive/i);
    }
    const wire = dial(port, `GET ${path} HTTP/1.1`, guest);
    await until(() => wire.seen().includes('answer'));
    expect(wire.seen()).to.match(/\r\nconnection: keep-alive\r\n/i);
    wire.socket.write(`GET ${path} HTTP/1.1\r\nHost: localhost\r\n${guest}\r\nConnection: close\r\n\r\n`);
    await wire.closed;
    expect(wire.statuses()).to.deep.equal([200, 200]);
  });

  it('close behind an answer of the gateway itself, too', async () => {
    for (const [status, ...head] of [
      [401, `GET ${path} HTTP/1.1`],
      [404, 'GET /nope HTTP/1.1', guest],
    ] as const) {
      const wire = dial(port, ...head, 'Connection: close');
      await wire.closed;
      expect(wire.statuses()).to.deep.equal([status]);
    }
  });

  it('take a whole URL for a target, whose host counts in place of the Host header', async () => {
    const ask = async (url: string, host = 'evil.example'): Promise<number | undefined> => {
      const wire = dial(port, `GET ${url} HTTP/1.1`, `Host: ${host}`, guest, 'Connection: close');
      await wire.closed;
      return wire.statuses()[0];
    };
    expect(await ask(`http://localhost:8443${path}?a=1`)).to.equal(200);
    const [seen] = backend.take();
    expect(seen?.url).to.equal('/version?a=1&user.name=guest');
    expect(seen?.headers.find(([name]) => name === 'x-forwarded-host')?.[1]).to.equal('localhost:8443');
    expect(await ask(`http://evil.example/api/2.0/mlflow/runs/get`, 'localhost')).to.equal(403);
    expect(await ask(`http://localhost/nope`)).to.equal(404);
  });

  describe('with a body of a request that is refused', () => {
    const refusals = [
      [401, `POST ${create} HTTP/1.1`],
      [401, `POST ${create} HTTP/1.1`, basic('guest', 'wrong')],
      [404, 'POST /gateway/sandbox/kirka/nope HTTP/1.1', guest],
      [403, `POST ${create} HTTP/1.1`, guest, 'Host: evil.example'],
      [403, `TRACE ${create} HTTP/1.1`, guest],
      [405, `PROPFIND ${create} HTTP/1.1`, guest],
    ] as const;

    it('answer at once, and are cut off where it trickles on', async () => {
      await Promise.all(
        refusals.map(async ([status, ...head]) => {
          const wire = dial(port, ...head, large);
          await until(() => wire.statuses().length === 1);
          await trickle(wire);
          expect(wire.statuses(), head.join()).to.deep.equal([status]);
          expect(wire.seen(), head.join()).to.match(/\r\nConnection: close\r\n/);
        }),
      );
      expect(backend.take()).to.deep.equal([]);
    });

    it('do not ask for it where the client waits', async () => {
      await Promise.all(
        refusals.map(async ([status, ...head]) => {
          const wire = dial(port, ...head, large, 'Expect: 100-continue');
          await wire.closed;
          expect(wire.statuses(), head.join()).to.deep.equal([status]);
        }),
      );
    });
  });

  it('ask for the body of a request that is let in', async () => {
    const wire = dial(port, `POST ${create} HTTP/1.1`, guest, 'Content-Length: 4', 'Expect: 100-continue');
    await until(() => wire.seen().endsWith('\r\n\r\n'));
    expect(wire.seen()).to.equal('HTTP/1.1 100 Continue\r\n\r\n');
    wire.socket.write('body');
    await until(() => wire.seen().includes('answer'));
    expect(String(backend.take()[0]?.body)).to.equal('body');
    wire.socket.destroy();
  });

  it('bring an answer to a form that is too long', async () => {
    const form = 'Content-Type: application/x-www-form-urlencoded';
    const wire = dial(port, `POST ${create} HTTP/1.1`, guest, form, 'Content-Length: 2000000');
    wire.socket.write(Buffer.alloc(2_000_000, 'a'));
    await wire.closed;
    expect(wire.statuses()).to.deep.equal([413]);
  });
});
