import { connect } from 'node:net';
import { request } from 'node:http';
import type { ClientRequest } from 'node:http';
import { addAbortSignal, Readable, Writable } from 'node:stream';
import { finished, pipeline } from 'node:stream/promises';
import { expect } from 'chai';
import { MlflowError } from '../../../backend/errors.ts';
import type { BodyCall, StreamCall } from '../../../backend/handler.ts';
import { ClientGone } from '../../../backend/http/http-error.ts';
import { startApp, text, until } from './app-under-test.ts';
import type { AppUnderTest } from './app-under-test.ts';

const upload = '/api/2.0/mlflow-artifacts/artifacts/f';
const create = '/api/2.0/mlflow/experiments/create';

describe('bodies at the HTTP edge', () => {
  let app: AppUnderTest;
  let handle: (call: BodyCall) => Promise<ReturnType<typeof text>>;
  let stream: (call: StreamCall) => Promise<ReturnType<typeof text>>;

  before(async () => {
    app = await startApp(
      {
        'experiments.create': (call) => handle(call),
        'artifactProxy.upload': (call) => stream(call),
        'artifactProxy.download': (call) => stream(call),
      },
      { limits: { maxBodyBytes: 1000, maxHeldBytes: 2500, bodyTimeout: 150 } },
    );
  });
  after(() => app.close());
  beforeEach(() => {
    app.lines.length = 0;
    handle = (call) => Promise.resolve(text(String(call.body)));
  });
  afterEach(() => expect(app.defects).to.deep.equal([]));

  const post = async (body: RequestInit['body']): Promise<[number, string]> => {
    const response = await fetch(app.url + create, { method: 'POST', body, duplex: 'half' } as RequestInit);
    return [response.status, await response.text()];
  };

  const put = (): ClientRequest => {
    const client = request({ port: app.port, path: upload, method: 'PUT', headers: { Host: 'localhost' } });
    client.on('error', () => undefined);
    client.write('some');
    return client;
  };

  it('reads a body up to the limit, and answers 413 to more, with and without a length, and goes on', async () => {
    const chunked = (size: number): ReadableStream => Readable.toWeb(Readable.from([Buffer.alloc(size, 'a')])) as never;
    expect((await post('a'.repeat(1000)))[0]).to.equal(200);
    expect((await post(chunked(1000)))[0]).to.equal(200);
    for (const body of ['a'.repeat(1001), chunked(1001), 'a'.repeat(4000)]) {
      const [status, message] = await post(body);
      expect(status).to.equal(413);
      expect(JSON.parse(message)).to.include({ error_code: 'BAD_REQUEST' });
    }
    expect(await post('still here')).to.deep.equal([200, 'still here']);
  });

  it('stops reading what is far above the limit', async () => {
    const socket = connect(app.port, '127.0.0.1');
    socket.on('error', () => undefined);
    socket.write(`POST ${create} HTTP/1.1\r\nHost: localhost\r\nContent-Length: 100000000\r\n\r\n`);
    const flood = new Readable({ read: () => void flood.push(Buffer.alloc(65536)) });
    flood.pipe(socket);
    let answer = '';
    socket.setEncoding('latin1').on('data', (chunk: string) => (answer += chunk));
    await new Promise((resolve) => socket.once('close', resolve));
    flood.destroy();
    expect(answer).to.match(/^HTTP\/1\.1 413 /);
    expect(socket.bytesWritten).to.be.lessThan(20_000_000);
  });

  it('holds so many bytes of all bodies together, and refuses what is more until some are given back', async () => {
    const waiting: (() => void)[] = [];
    handle = (call) => new Promise((resolve) => waiting.push(() => resolve(text(String(call.body.length)))));
    const held = [post('a'.repeat(1000)), post('b'.repeat(1000))];
    await until(() => waiting.length === 2);
    const refused = await fetch(app.url + create, { method: 'POST', body: 'c'.repeat(501) });
    expect([refused.status, refused.headers.get('retry-after')]).to.deep.equal([503, '1']);
    expect(await refused.json()).to.include({ error_code: 'TEMPORARILY_UNAVAILABLE' });
    const small = post('d'.repeat(500));
    await until(() => waiting.length === 3);
    for (const go of waiting) go();
    expect((await Promise.all([...held, small])).map(([, length]) => length)).to.deep.equal(['1000', '1000', '500']);
    handle = (call) => Promise.resolve(text(String(call.body.length)));
    for (let i = 0; i < 5; i++) expect(await post('e'.repeat(1000))).to.deep.equal([200, '1000']);
  });

  it('answers 408 to a body that does not come', async () => {
    const socket = connect(app.port, '127.0.0.1');
    socket.write(`POST ${create} HTTP/1.1\r\nHost: localhost\r\nContent-Length: 10\r\n\r\nabc`);
    let answer = '';
    socket.setEncoding('latin1').on('data', (chunk: string) => (answer += chunk));
    await new Promise((resolve) => socket.once('close', resolve));
    expect(answer)
      .to.match(/^HTTP\/1\.1 408 /)
      .and.match(/Connection: close/);
  });

  it('calls no handler where the client leaves in the middle of a body', async () => {
    const socket = connect(app.port, '127.0.0.1');
    socket.write(`POST ${create} HTTP/1.1\r\nHost: localhost\r\nContent-Length: 10\r\n\r\nabc`);
    await new Promise((resolve) => setTimeout(resolve, 30));
    socket.destroy();
    await until(() => app.lines.length === 1);
    expect(app.lines[0]?.failure).to.be.instanceOf(ClientGone);
    expect(app.lines[0]?.status).to.equal(499);
  });

  it('passes an upload on as it comes, and tells the handler when its client leaves', async () => {
    let seen: Promise<unknown> | undefined;
    let signal: AbortSignal | undefined;
    let first = '';
    stream = async (call) => {
      signal = call.context.signal;
      call.body.on('data', (chunk: Buffer) => (first = String(chunk)));
      seen = finished(call.body).catch((error: unknown) => error);
      await seen;
      throw new Error('the upload broke');
    };
    const client = put();
    await until(() => first === 'some');
    client.destroy();
    await until(() => signal?.aborted === true);
    expect(await seen).to.be.instanceOf(ClientGone);
    await until(() => app.lines.length === 1);
    const [line] = app.lines;
    expect([line?.aborted, (line?.failure as Error).message]).to.deep.equal([true, 'the upload broke']);
  });

  it('tells the handler of a body that was read whole when its client leaves', async () => {
    let signal: AbortSignal | undefined;
    handle = (call) => {
      ({ signal } = call.context);
      return new Promise((_resolve, reject) => {
        call.context.signal.addEventListener('abort', () => reject(call.context.signal.reason as Error));
      });
    };
    const socket = connect(app.port, '127.0.0.1');
    socket.write(`POST ${create} HTTP/1.1\r\nHost: localhost\r\nContent-Length: 2\r\n\r\n{}`);
    await until(() => signal !== undefined);
    socket.destroy();
    await until(() => app.lines.length === 1);
    expect(signal?.reason).to.be.instanceOf(ClientGone);
    expect([app.lines[0]?.status, app.lines[0]?.aborted]).to.deep.equal([499, true]);
  });

  it('gets an answer through where a handler fails in the middle of an upload, on a connection that lives on', async () => {
    stream = async (call) => {
      await pipeline(
        call.body,
        new Writable({ write: (_chunk, _encoding, done) => done(new Error('disk full')) }),
      ).catch(() => undefined);
      throw new MlflowError('RESOURCE_EXHAUSTED', 'disk full');
    };
    const client = put();
    client.write(Buffer.alloc(300_000));
    client.end(Buffer.alloc(300_000));
    const status = await new Promise((resolve) => client.once('response', (response) => resolve(response.statusCode)));
    expect(status).to.equal(429);
  });

  it('takes an upload whose client leaves for no failure of the server, where a store ends it by the signal', async () => {
    let hasBegun = false;
    stream = async (call) => {
      addAbortSignal(call.context.signal, call.body);
      call.body.on('data', () => (hasBegun = true));
      await finished(call.body);
      return text('whole');
    };
    const client = put();
    await until(() => hasBegun);
    client.destroy();
    await until(() => app.lines.length === 1);
    expect(app.lines[0]?.failure).to.be.instanceOf(ClientGone);
    expect(app.lines[0]?.status).to.equal(499);
  });

  it('destroys a download whose client leaves', async () => {
    const endless = new Readable({ read: () => void setImmediate(() => endless.push(Buffer.alloc(65536))) });
    stream = () => Promise.resolve({ status: 200, headers: {}, body: endless } as never);
    const client = request({ port: app.port, path: upload, headers: { Host: 'localhost' } }).end();
    client.on('error', () => undefined);
    await new Promise((resolve) => client.once('response', resolve));
    client.destroy();
    await until(() => endless.destroyed && app.lines.length === 1);
    expect(app.lines[0]?.failure).to.be.instanceOf(ClientGone);
  });

  it('cuts the connection where a download breaks off, so that a part is never taken for the whole', async () => {
    const broken = Readable.from(
      (function* () {
        yield Buffer.from('half');
        throw new Error('disk gone');
      })(),
    );
    stream = () => Promise.resolve({ status: 200, headers: {}, body: broken } as never);
    const outcome = await fetch(app.url + upload)
      .then((response) => response.text())
      .catch(() => 'cut');
    expect(outcome).to.equal('cut');
    await until(() => app.lines.length === 1);
    expect((app.lines[0]?.failure as Error).message).to.equal('disk gone');
  });

  it('opens no download for HEAD', async () => {
    const body = Readable.from(['unread']);
    stream = () => Promise.resolve({ status: 200, headers: { 'Content-Length': '6' }, body } as never);
    const response = await fetch(app.url + upload, { method: 'HEAD' });
    expect([response.headers.get('content-length'), body.destroyed]).to.deep.equal(['6', true]);
  });
});
